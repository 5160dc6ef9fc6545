import { builder } from '../../core/builder.ts';
import { keysetConnection } from '../../core/keyset.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../account/type.ts';
import { SessionType } from './types.ts';

builder.objectField(AccountType, 'sessions', (t) =>
  t.connection({
    type: SessionType,
    description: 'The sessions of the account, newest first, ended ones too.',
    extensions: weigh({ statements: 1 }),
    resolve: (account, args, { db }) =>
      keysetConnection(
        args,
        ({ where, ...page }) => db.session.findMany({ where: { ...where, accountId: account.id }, ...page }),
        () => db.session.count({ where: { accountId: account.id } }),
      ),
  }),
);
