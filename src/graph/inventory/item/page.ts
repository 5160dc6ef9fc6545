import { Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import type { RowPage } from '../../core/offsetConnection.ts';
import { unindexed } from '../../core/unindexed.ts';
import { allowedBins } from '../bin/visible.ts';
import { readForEach } from '../location/perLocation.ts';
import type { FuzzyQuery } from '../search/fuzzy.ts';
import type { ItemSort } from '../search/itemOrder.ts';
import { searchVersion } from '../search/version.ts';
import { inventoryServices } from '../services.ts';
import type { LocatedItemRow } from './types.ts';

const { sql, raw } = Prisma;

// CROSS JOIN makes SQLite walk the left table first; it would begin at the largest.

/** Which items, and in what order. */
export interface ItemSelection {
  readonly locationId: string;
  readonly sort: ItemSort;
  readonly direction: 'ASC' | 'DESC';
  readonly limit: number;
  readonly offset: number;
}

/** By name it is the order of the index (locationId, deletedAt, nameKey), which then needs no sorting. */
function orderOf({ sort, direction }: ItemSelection): Prisma.Sql {
  const way = raw(direction);
  switch (sort) {
    case 'NAME':
      return sql`i."nameKey" ${way}, i."id" ${way}`;
    case 'BIN':
      return sql`b."nameKey" ${way}, b."id" ${way}, i."nameKey", i."id"`;
    case 'QUANTITY':
      return sql`i."quantity" ${way} NULLS LAST, i."nameKey", i."id"`;
  }
}

/** From which table to walk to the other: from the one whose index gives the order, or its greater part. */
function joinOf({ sort, locationId }: ItemSelection): Prisma.Sql {
  const [bin, item] = [sql`b."locationId"`, sql`i."locationId"`];
  return sort === 'BIN'
    ? sql`"Bin" b CROSS JOIN "BinItem" i WHERE ${bin} = ${locationId} AND ${unindexed(item)} = ${locationId}`
    : sql`"BinItem" i CROSS JOIN "Bin" b WHERE ${item} = ${locationId} AND ${unindexed(bin)} = ${locationId}`;
}

/** A page as the database writes it. */
interface Found {
  readonly locationId: string;
  readonly total: number | string;
  readonly page: string;
}

/**
 * The statement for the items of `picked`, which has their ids and their places, and a number; only the
 * picked ones are written as JSON. It has no row for somebody who does not belong to the location.
 */
function pageSql(
  { services: { database } }: GraphContext,
  viewerId: string,
  locationId: string,
  picked: Prisma.Sql,
  total: Prisma.Sql,
): Prisma.Sql {
  const json = jsonSql(database);
  const item = json.object({
    id: sql`i."id"`,
    name: sql`i."name"`,
    quantity: sql`i."quantity"`,
    binId: sql`b."id"`,
    binName: sql`b."name"`,
    binIcon: sql`b."icon"`,
    binColor: sql`b."color"`,
  });
  const page = json.text(
    item,
    sql`q."at"`,
    sql`${picked} q ${json.lookUp('BinItem', 'i', sql`i."id" = q."id"`)}
      ${json.lookUp('Bin', 'b', sql`b."id" = i."binId"`)}
      WHERE i."locationId" = ${locationId} AND i."deletedAt" IS NULL
        AND b."deletedAt" IS NULL AND ${allowedBins(viewerId)}`,
  );
  return sql`
    SELECT m."locationId", ${total} AS "total", ${page} AS "page"
    FROM "Membership" m WHERE m."locationId" = ${locationId} AND m."accountId" = ${viewerId}`;
}

/** All items of a location that somebody may see. */
function listSql(context: GraphContext, viewerId: string, selection: ItemSelection): Prisma.Sql {
  const { locationId, limit, offset } = selection;
  const visible = sql`b."deletedAt" IS NULL AND ${allowedBins(viewerId)}`;
  const picked = sql`
    (SELECT p."id", row_number() OVER () AS "at" FROM (
      SELECT i."id" FROM ${joinOf(selection)}
        AND b."id" = i."binId" AND i."deletedAt" IS NULL AND ${visible}
      ORDER BY ${orderOf(selection)} LIMIT ${limit} OFFSET ${offset}) p)`;
  const total = sql`
    (SELECT count(*) FROM "Bin" b JOIN "BinItem" i ON i."binId" = b."id" AND i."deletedAt" IS NULL
     WHERE b."locationId" = ${locationId} AND ${visible})`;
  return pageSql(context, viewerId, locationId, picked, total);
}

/** Those that match a search. Throws FORBIDDEN for somebody who does not belong to the location. */
async function searchSql(
  context: GraphContext,
  viewerId: string,
  { locationId, ...selection }: ItemSelection,
  query: FuzzyQuery,
): Promise<Prisma.Sql> {
  const version = await searchVersion(context, locationId, viewerId);
  const place = { locationId, version, accountId: viewerId };
  const { sort, direction, limit, offset } = selection;
  const asked = { query, accountId: viewerId, sort, direction, limit, offset };
  const { ids, totalCount } = await inventoryServices(context).itemSearch(place, asked);
  const rows = jsonSql(context.services.database).rows(ids);
  const picked = sql`(SELECT w."value" AS "id", w."at" FROM ${rows} w)`;
  return pageSql(context, viewerId, locationId, picked, sql`CAST(${totalCount} AS bigint)`);
}

/**
 * The pages of locations in one statement, by location; none for one that somebody does not belong to. A search of
 * words is made for each location.
 */
export async function readItemPages(
  context: GraphContext,
  viewerId: string,
  selections: readonly ItemSelection[],
  query: FuzzyQuery | null,
): Promise<ReadonlyMap<string, RowPage<LocatedItemRow>>> {
  const statements: Prisma.Sql[] = [];
  for (const selection of selections)
    statements.push(
      query ? await searchSql(context, viewerId, selection, query) : listSql(context, viewerId, selection),
    );
  const [only] = statements;
  const found =
    only && statements.length === 1
      ? await context.services.database.read<Found>(only)
      : await readForEach<Found, Prisma.Sql>(context, statements, (statement) => statement);
  return new Map(
    found.map(({ locationId, total, page }) => [
      locationId,
      { results: JSON.parse(page), totalCount: Number(total) },
    ]),
  );
}
