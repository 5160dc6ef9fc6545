import { type ApiKey, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { batched } from '../../core/loader.ts';
import { weigh } from '../../core/weight.ts';
import { wholeList } from '../../core/wholeList.ts';
import { ApiKeyType } from './types.ts';

/** The active keys that each of these has created, directly or through others; see `activeKeysCreatedBy`. */
const createdOf = batched<string, ApiKey[]>(async (ids, { db }) => {
  const pairs = await db.$queryRaw<{ root: string; id: string }[]>`
    WITH RECURSIVE created("root", "id") AS (
      SELECT k."createdByKeyId", k."id" FROM "ApiKey" k WHERE k."createdByKeyId" IN (${Prisma.join([...ids])})
      UNION
      SELECT c."root", k."id" FROM "ApiKey" k JOIN created c ON k."createdByKeyId" = c."id"
    )
    SELECT c."root", c."id" FROM created c JOIN "ApiKey" k ON k."id" = c."id"
    WHERE k."revokedAt" IS NULL ORDER BY k."id"`;
  const rows = await db.apiKey.findMany({ where: { id: { in: [...new Set(pairs.map(({ id }) => id))] } } });
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const created = new Map<string, ApiKey[]>(ids.map((id) => [id, []]));
  for (const { root, id } of pairs) {
    const row = rowOf.get(id);
    if (row && id !== root) created.get(root)?.push(row);
  }
  return created;
});

builder.objectField(ApiKeyType, 'revocationPreview', (t) =>
  t.connection({
    type: ApiKeyType,
    description:
      'The active keys that are revoked with this one by a session: those that it has created, directly or through others, oldest first.',
    extensions: weigh({ statements: 2, batched: true }),
    resolve: async ({ id }, args, context) =>
      wholeList(args, (await createdOf(id, context)) ?? [], (key) => key.id),
  }),
);
