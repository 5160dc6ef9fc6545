import type { LinkedIdentity } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { batched } from '../../core/loader.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../account/type.ts';
import { LinkedIdentityType, SignInMethodEnum } from './types.ts';

const identitiesOf = batched<string, LinkedIdentity[]>(async (accountIds, { db }) => {
  const identities = new Map<string, LinkedIdentity[]>(accountIds.map((id) => [id, []]));
  const rows = await db.linkedIdentity.findMany({
    where: { accountId: { in: [...identities.keys()] } },
    orderBy: { id: 'asc' },
  });
  for (const row of rows) identities.get(row.accountId)?.push(row);
  return identities;
});

builder.objectFields(AccountType, (t) => ({
  linkedIdentities: t.field({
    type: [LinkedIdentityType],
    description: 'The identities that sign in to the account, at most one of a provider.',
    extensions: weigh({ statements: 1, batched: true }),
    resolve: async ({ id }, _args, context) => (await identitiesOf(id, context)) ?? [],
  }),
  signInMethods: t.field({
    type: [SignInMethodEnum],
    description: 'The ways to sign in to the account.',
    extensions: weigh({ statements: 1, batched: true }),
    resolve: async ({ id, hasPassword }, _args, context) => {
      const identities = (await identitiesOf(id, context)) ?? [];
      return [...(hasPassword ? (['PASSWORD'] as const) : []), ...identities.map(({ provider }) => provider)];
    },
  }),
}));
