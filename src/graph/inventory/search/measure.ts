import { Prisma } from '../../../generated/sqlite/client.ts';
import type { Database } from '../../../platform/database/database.ts';
import { jsonSql } from '../../core/jsonSql.ts';

const { sql, raw } = Prisma;

/** More bins than an index ever has. */
export const maxBins = 25_000;
/** More items, tags or values than an index ever has; no measure counts on beyond it. */
const maxRows = 100_000;
/** The texts that one statement may read, in UTF-8. */
const maxTextBytes = 8_000_000;
/** So few bins are measured one by one; of more the whole location is, which costs no look-ups. */
const fewBins = 100;

/** Which texts belong to what is searched beside the names of bins and items. */
export type Measured = 'ITEMS' | 'BINS';

const rowsOf = (bytes: Prisma.Sql, from: Prisma.Sql, most = maxRows): Prisma.Sql =>
  sql`SELECT count(*) AS "rows", coalesce(sum(m."bytes"), 0) AS "bytes", ${raw(String(most))} AS "most" FROM (
    SELECT ${bytes} AS "bytes" FROM ${from} LIMIT ${raw(String(most + 1))}) m`;

/**
 * Whether the texts of some bins of a location, or of all for null, are few enough to be read at once.
 * One statement, which takes a bounded time however much there is: it reads lengths, and stops where
 * there is too much.
 */
export async function isReadable(
  database: Database,
  locationId: string,
  binIds: readonly string[] | null,
  measured: Measured,
): Promise<boolean> {
  const json = jsonSql(database);
  const some = binIds && binIds.length <= fewBins ? json.rows(binIds) : undefined;
  const live = sql`b."locationId" = ${locationId} AND b."deletedAt" IS NULL`;
  const ids = some ?? sql`(SELECT b."id" AS "value" FROM "Bin" b WHERE ${live} LIMIT ${maxBins + 1})`;
  const bins = some
    ? sql`${some} w ${json.lookUp('Bin', 'b', sql`b."id" = w."value"`)}`
    : sql`"Bin" b WHERE ${live}`;
  // Of all items the index (locationId, deletedAt, nameKey) has the names; those in the trash count too.
  const items = some
    ? sql`${some} w ${json.lookUp('BinItem', 'i', sql`i."binId" = w."value" AND i."deletedAt" IS NULL`)}`
    : sql`"BinItem" i WHERE i."locationId" = ${locationId} AND i."deletedAt" IS NULL`;
  const binText =
    measured === 'BINS'
      ? sql`octet_length(b."name") + octet_length(b."notes")`
      : sql`octet_length(b."nameKey")`;
  const others =
    measured === 'BINS'
      ? [
          rowsOf(
            sql`octet_length(t."name")`,
            sql`${ids} w ${json.lookUp('BinTag', 't', sql`t."binId" = w."value"`)}`,
          ),
          rowsOf(
            sql`octet_length(v."value")`,
            sql`${ids} w ${json.lookUp('CustomFieldValue', 'v', sql`v."binId" = w."value"`)}`,
          ),
        ]
      : [];
  const parts = [rowsOf(binText, bins, maxBins), rowsOf(sql`octet_length(i."nameKey")`, items), ...others];
  const rows = await database.read<Record<'rows' | 'bytes' | 'most', number | string>>(
    Prisma.join(parts, ' UNION ALL '),
  );
  const bytes = rows.reduce((sum, row) => sum + Number(row.bytes), 0);
  return bytes <= maxTextBytes && rows.every((row) => Number(row.rows) <= Number(row.most));
}
