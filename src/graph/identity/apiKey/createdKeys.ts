import { Prisma } from '../../../generated/sqlite/client.ts';

/**
 * The ids of the active keys that these keys of an account have created, directly or through one another. Keys that
 * were revoked are looked through: what they have created may live on.
 */
export async function activeKeysCreatedBy(
  db: Pick<Prisma.TransactionClient, '$queryRaw'>,
  accountId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE created("id") AS (
      SELECT k."id" FROM "ApiKey" k
      WHERE k."accountId" = ${accountId} AND k."createdByKeyId" IN (${Prisma.join([...ids])})
      UNION
      SELECT k."id" FROM "ApiKey" k JOIN created c ON k."createdByKeyId" = c."id"
      WHERE k."accountId" = ${accountId}
    )
    SELECT k."id" FROM created c JOIN "ApiKey" k ON k."id" = c."id"
    WHERE k."revokedAt" IS NULL ORDER BY k."id"`;
  const given = new Set(ids);
  return rows.map(({ id }) => id).filter((id) => !given.has(id));
}
