import { Prisma } from '../../../generated/sqlite/client.ts';
import { type Sql, sqlOf, type Transaction } from '../../../platform/database/sql.ts';
import type { JsonSql } from '../../core/jsonSql.ts';

const { sql } = Prisma;

/** The kinds of things whose rows tell of one bin: by its own id, or by that of what is to be bought for it. */
const tellsOfBin = ['bin', 'item', 'shopping_list'];

/** What rows look at to know which bin they tell of. */
interface AboutBin {
  readonly entityType: string;
  readonly entityId?: string | null;
}

const onlyFor = sql`CASE WHEN b."visibility" = 'PRIVATE' THEN coalesce(b."createdById", '') END`;

/**
 * Who alone may see rows about these things, by the ids of the things: null for everybody, empty for
 * nobody. What tells of no bin, or of one that is gone, is not among them. At most one statement.
 */
export async function readersOf(
  { rows: read }: Sql,
  json: JsonSql,
  rows: readonly AboutBin[],
): Promise<ReadonlyMap<string, string | null>> {
  const ids = rows.flatMap(({ entityType, entityId }) =>
    entityId && tellsOfBin.includes(entityType) ? [entityId] : [],
  );
  if (ids.length === 0) return new Map();
  const wanted = sql`(SELECT w."value" FROM ${json.rows(new Set(ids))} w)`;
  const found = await read<{ id: string; onlyForId: string | null }>(sql`
    SELECT b."id", ${onlyFor} AS "onlyForId" FROM "Bin" b WHERE b."id" IN ${wanted}
    UNION ALL
    SELECT s."id", ${onlyFor} AS "onlyForId"
    FROM "ShoppingEntry" s JOIN "Bin" b ON b."id" = s."originBinId" WHERE s."id" IN ${wanted}`);
  return new Map(found.map(({ id, onlyForId }) => [id, onlyForId]));
}

/**
 * Lets the rows that were written about a bin be seen as the bin may be now, wherever its maker belongs:
 * before a move it had rows elsewhere. Call it with the change, under the location's lock.
 */
export async function readAsBin(tx: Transaction, binId: string): Promise<void> {
  await sqlOf(tx).run(sql`
    UPDATE "Activity" SET "onlyForId" = (SELECT ${onlyFor} FROM "Bin" b WHERE b."id" = ${binId})
    WHERE "locationId" IN (
        SELECT m."locationId" FROM "Membership" m JOIN "Bin" b ON b."createdById" = m."accountId" WHERE b."id" = ${binId}
        UNION SELECT b."locationId" FROM "Bin" b WHERE b."id" = ${binId})
      AND "entityType" IN (${Prisma.join(tellsOfBin)})
      AND "entityId" IN (
        SELECT b."id" FROM "Bin" b WHERE b."id" = ${binId}
        UNION ALL SELECT s."id" FROM "ShoppingEntry" s WHERE s."originBinId" = ${binId})`);
}
