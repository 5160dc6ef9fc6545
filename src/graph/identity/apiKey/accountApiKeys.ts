import type { ApiKeyFormat, PrismaClient } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { keysetConnection } from '../../core/keyset.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../account/type.ts';
import { findKeys } from './keyPage.ts';
import { ApiKeyFormatEnum, ApiKeyType } from './types.ts';

function countActive(db: PrismaClient, accountId: string, format: ApiKeyFormat | null | undefined) {
  return db.apiKey.count({ where: { accountId, revokedAt: null, ...(format && { format }) } });
}

builder.objectFields(AccountType, (t) => ({
  apiKeys: t.connection(
    {
      type: ApiKeyType,
      description: 'The keys of the account, newest first, revoked ones too unless told otherwise.',
      args: {
        format: t.arg({ type: ApiKeyFormatEnum, description: 'Only keys of this form.' }),
        activeOnly: t.arg.boolean({ description: 'True leaves out those that were revoked.' }),
      },
      extensions: weigh({ statements: 1 }),
      resolve: async ({ id: accountId }, { format, activeOnly, ...args }, { db }) => {
        const filter = { format, activeOnly };
        const page = await keysetConnection(
          args,
          (part) => findKeys(db, accountId, filter, part),
          () =>
            db.apiKey.count({
              where: { accountId, ...(format && { format }), ...(activeOnly && { revokedAt: null }) },
            }),
        );
        const { hasNextPage, hasPreviousPage } = page.pageInfo;
        const isWhole = !args.after && !args.before && !hasNextPage && !hasPreviousPage;
        return { ...page, accountId, format, isWhole };
      },
    },
    {
      fields: (connection) => ({
        activeCount: connection.int({
          description: 'How many keys of the list, not only of the page, are active.',
          extensions: weigh({ statements: 1 }),
          // A page that is the whole list has them all: no second statement for the usual account.
          resolve: ({ isWhole, edges, accountId, format }, _args, { db }) =>
            isWhole
              ? edges.filter((edge) => edge?.node.revokedAt === null).length
              : countActive(db, accountId, format),
        }),
      }),
    },
  ),
  activeApiKeyCount: t.int({
    description: 'How many keys are active.',
    args: { format: t.arg({ type: ApiKeyFormatEnum, description: 'Only keys of this form.' }) },
    extensions: weigh({ statements: 1 }),
    resolve: (account, { format }, { db }) => countActive(db, account.id, format),
  }),
}));
