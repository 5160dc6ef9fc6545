import type { SecurityEvent } from '../../../generated/sqlite/client.ts';
import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { keysetConnection } from '../../core/keyset.ts';
import { listBelow } from '../../core/nestedList.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../account/type.ts';

const SecurityOutcomeEnum = builder.enumType('SecurityOutcome', {
  description: 'How an attempt ended.',
  values: {
    SUCCEEDED: { description: 'It was done.' },
    FAILED: { description: 'It was refused.' },
  } as const,
});

const SecurityEventType = builder.objectRef<SecurityEvent>('SecurityEvent').implement({
  description:
    'A change of a credential, an address, a role, a plan or a suspension, or an attempt to sign in.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    name: t.exposeString('name', { description: 'What happened, such as `key_created`.' }),
    outcome: t.expose('outcome', { type: SecurityOutcomeEnum, description: 'How it ended.' }),
    actorId: t.exposeID('actorId', {
      nullable: true,
      description: 'The account that did it; null for a stranger and for the console of the server.',
    }),
    actorName: t.exposeString('actorName', {
      nullable: true,
      description: 'The e-mail address of that account at the time; null once the account is erased.',
    }),
    credentialPrefix: t.exposeString('credentialPrefix', {
      nullable: true,
      description: 'The first characters of the API key that was used or changed.',
    }),
    address: t.exposeString('address', { nullable: true, description: 'The IP address of the client.' }),
    targetType: t.exposeString('targetType', { description: 'What was changed, such as `user`.' }),
    targetId: t.exposeID('targetId', { nullable: true, description: 'The id of what was changed.' }),
    targetName: t.exposeString('targetName', {
      nullable: true,
      description: 'What it was called; null once its account is erased.',
    }),
    details: t.expose('details', { type: 'JSON', nullable: true, description: 'What else is known of it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
  }),
});

const securityEventsOf = listBelow<string, SecurityEvent, SecurityEvent>({
  table: 'SecurityEvent',
  parent: 'accountId',
  parentType: 'text',
  idType: 'uuid',
  order: 'NEWEST_FIRST',
  read: () => ({ view: (row) => row }),
});

builder.objectField(AccountType, 'securityEvents', (t) =>
  t.connection({
    type: SecurityEventType,
    description: 'What happened to the security of the account, newest first.',
    extensions: weigh({ statements: 1, batched: true }),
    resolve: ({ id }, args, context, info) => securityEventsOf(id, args, context, info),
  }),
);

builder.queryField('securityEvents', (t) =>
  t.connection({
    access: administrator,
    type: SecurityEventType,
    description: 'The security events of all accounts, newest first. For administrators.',
    args: {
      name: t.arg.string({ description: 'Only events of this name.' }),
      accountId: t.arg.id({ description: 'Only those that concern this account.' }),
    },
    resolve: (_root, { name, accountId, ...args }, { db }) => {
      const matching = { ...(name != null && { name }), ...(accountId != null && { accountId }) };
      return keysetConnection(
        args,
        ({ where, ...page }) => db.securityEvent.findMany({ where: { ...where, ...matching }, ...page }),
        () => db.securityEvent.count({ where: matching }),
      );
    },
  }),
);
