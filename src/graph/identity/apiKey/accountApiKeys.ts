import { type ApiKey, type ApiKeyFormat, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { batchedAlike } from '../../core/loader.ts';
import { listBelow } from '../../core/nestedList.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../account/type.ts';
import { ApiKeyFormatEnum, ApiKeyType } from './types.ts';

/** Which keys of an account. */
export interface KeyFilter {
  /** Only keys of this form. */
  readonly format?: ApiKeyFormat | null | undefined;
  /** Only keys that are accepted. */
  readonly activeOnly?: boolean | null | undefined;
}

/** The keys of an account, newest first. */
export const keysOf = listBelow<string, ApiKey, ApiKey, KeyFilter>({
  table: 'ApiKey',
  parent: 'accountId',
  parentType: 'text',
  idType: 'uuid',
  order: 'NEWEST_FIRST',
  read: () => ({
    view: (row) => row,
    where: ({ format, activeOnly }) => Prisma.sql`
      ${format ? Prisma.raw(`c."format" = '${format}'`) : Prisma.sql`1 = 1`}
      AND ${activeOnly ? Prisma.sql`c."revokedAt" IS NULL` : Prisma.sql`1 = 1`}`,
  }),
});

const activeCountOf = batchedAlike<string, ApiKeyFormat | null, number>(
  async (accountIds, format, { db }) => {
    const counts = await db.apiKey.groupBy({
      by: 'accountId',
      where: { accountId: { in: [...accountIds] }, revokedAt: null, ...(format && { format }) },
      _count: true,
    });
    return new Map(counts.map(({ accountId, _count }) => [accountId, _count]));
  },
);

builder.objectFields(AccountType, (t) => ({
  apiKeys: t.connection(
    {
      type: ApiKeyType,
      description: 'The keys of the account, newest first, revoked ones too unless told otherwise.',
      args: {
        format: t.arg({ type: ApiKeyFormatEnum, description: 'Only keys of this form.' }),
        activeOnly: t.arg.boolean({ description: 'True leaves out those that were revoked.' }),
      },
      extensions: weigh({ statements: 1, batched: true }),
      resolve: async ({ id: accountId }, { format = null, activeOnly, ...args }, context, info) => {
        const page = await keysOf(accountId, { ...args, filter: { format, activeOnly } }, context, info);
        const { hasNextPage, hasPreviousPage } = page.pageInfo;
        const isWhole = !args.after && !args.before && !hasNextPage && !hasPreviousPage;
        return { ...page, accountId, format, isWhole };
      },
    },
    {
      fields: (connection) => ({
        activeCount: connection.int({
          description: 'How many keys of the list, not only of the page, are active.',
          extensions: weigh({ statements: 1, batched: true }),
          // A page that is the whole list has them all: no second statement for the usual account.
          resolve: async ({ isWhole, edges, accountId, format }, _args, context) =>
            isWhole
              ? edges.filter((edge) => edge?.node.revokedAt === null).length
              : ((await activeCountOf(accountId, format, context)) ?? 0),
        }),
      }),
    },
  ),
  activeApiKeyCount: t.int({
    description: 'How many keys are active.',
    args: { format: t.arg({ type: ApiKeyFormatEnum, description: 'Only keys of this form.' }) },
    extensions: weigh({ statements: 1, batched: true }),
    resolve: async (account, { format = null }, context) =>
      (await activeCountOf(account.id, format, context)) ?? 0,
  }),
}));
