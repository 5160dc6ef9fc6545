import type { Session } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { listBelow } from '../../core/nestedList.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../account/type.ts';
import { SessionType } from './types.ts';

const sessionsOf = listBelow<string, Session, Session>({
  table: 'Session',
  parent: 'accountId',
  parentType: 'text',
  idType: 'uuid',
  order: 'NEWEST_FIRST',
  read: () => ({ view: (row) => row }),
});

builder.objectField(AccountType, 'sessions', (t) =>
  t.connection({
    type: SessionType,
    description: 'The sessions of the account, newest first, ended ones too.',
    extensions: weigh({ statements: 1, batched: true }),
    resolve: ({ id }, args, context, info) => sessionsOf(id, args, context, info),
  }),
);
