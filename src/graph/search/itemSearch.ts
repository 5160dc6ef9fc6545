import { Prisma } from '../../generated/sqlite/client.ts';
import type { Database } from '../../platform/database/database.ts';
import { jsonSql } from '../shared/jsonSql.ts';
import { createItemIndex, type IndexedBin, type IndexedItem, type ItemIndex } from './itemIndex.ts';
import { keepIndexes } from './keptIndexes.ts';

const { sql } = Prisma;

/** Answers the index of a location's items; `version` is what `searchVersion` answered before. */
export type ItemSearch = (locationId: string, version: number) => Promise<ItemIndex>;

/** Bins and items in the order in which the database sorts their names, as in lists without a search. */
async function load(database: Database, locationId: string): Promise<ItemIndex> {
  const json = jsonSql(database);
  const bins = json.text(
    json.object({
      id: sql`b."id"`,
      name: sql`b."name"`,
      onlyFor: sql`CASE WHEN b."visibility" = 'PRIVATE' THEN coalesce(b."createdById", '') END`,
    }),
    sql`b."nameKey", b."id"`,
    sql`"Bin" b WHERE b."locationId" = ${locationId} AND b."deletedAt" IS NULL`,
  );
  const items = json.text(
    json.object({
      id: sql`i."id"`,
      name: sql`i."name"`,
      quantity: sql`i."quantity"`,
      binId: sql`i."binId"`,
    }),
    sql`i."nameKey", i."id"`,
    sql`"BinItem" i JOIN "Bin" b ON b."id" = i."binId" AND b."deletedAt" IS NULL
      WHERE i."locationId" = ${locationId} AND i."deletedAt" IS NULL`,
  );
  const [found] = await database.read<{ bins: string; items: string }>(
    sql`SELECT ${bins} AS "bins", ${items} AS "items"`,
  );
  return createItemIndex(
    JSON.parse(found?.bins ?? '[]') as IndexedBin[],
    JSON.parse(found?.items ?? '[]') as IndexedItem[],
  );
}

/** Makes the search, which keeps the names of the locations that were searched last. */
export function createItemSearch(database: Database): ItemSearch {
  return keepIndexes((locationId) => load(database, locationId));
}
