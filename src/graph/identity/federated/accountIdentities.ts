import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../account/type.ts';
import { LinkedIdentityType, SignInMethodEnum } from './types.ts';

builder.objectFields(AccountType, (t) => ({
  linkedIdentities: t.field({
    type: [LinkedIdentityType],
    description: 'The identities that sign in to the account, at most one of a provider.',
    extensions: weigh({ statements: 1 }),
    resolve: (account, _args, { db }) =>
      db.linkedIdentity.findMany({ where: { accountId: account.id }, orderBy: { id: 'asc' } }),
  }),
  signInMethods: t.field({
    type: [SignInMethodEnum],
    description: 'The ways to sign in to the account.',
    extensions: weigh({ statements: 1 }),
    resolve: async ({ id, hasPassword }, _args, { db }) => {
      const identities = await db.linkedIdentity.findMany({
        where: { accountId: id },
        orderBy: { id: 'asc' },
        select: { provider: true },
      });
      return [...(hasPassword ? (['PASSWORD'] as const) : []), ...identities.map(({ provider }) => provider)];
    },
  }),
}));
