import { Prisma } from '../../generated/sqlite/client.ts';
import type { Database } from '../../platform/database/database.ts';
import { jsonSql } from '../shared/jsonSql.ts';
import { unindexed } from '../shared/unindexed.ts';
import { type IndexedBin, type IndexedItem, ItemIndex } from './itemIndex.ts';
import { keepIndexes, youngSince } from './keptIndexes.ts';

const { sql } = Prisma;

/** Answers the index of a location's items; `version` is what `searchVersion` answered before. */
export type ItemSearch = (locationId: string, version: number) => Promise<ItemIndex>;

function readBins(database: Database, locationId: string): Promise<IndexedBin[]> {
  return database.read(sql`
    SELECT b."id", ${jsonSql(database).moment(sql`b."updatedAt"`)} AS "updatedAt", b."name",
           CASE WHEN b."visibility" = 'PRIVATE' THEN coalesce(b."createdById", '') END AS "onlyFor"
    FROM "Bin" b WHERE b."locationId" = ${locationId} AND b."deletedAt" IS NULL`);
}

function readItems(
  database: Database,
  locationId: string,
  binIds: readonly string[],
): Promise<IndexedItem[]> {
  const json = jsonSql(database);
  const inBin = sql`i."binId" = w."value" AND i."deletedAt" IS NULL`;
  return database.read(sql`
    SELECT i."id", i."name", i."quantity", i."binId"
    FROM ${json.rows(binIds)} w ${json.lookUp('BinItem', 'i', inBin)}
    WHERE ${unindexed(sql`i."locationId"`)} = ${locationId}`);
}

/** Brings an index up to date: two statements, and the items of just those bins that have changed. */
async function update(database: Database, locationId: string, index: ItemIndex): Promise<ItemIndex> {
  const since = youngSince();
  const bins = await readBins(database, locationId);
  const outdated = index.outdated(bins, since);
  index.refresh(bins, outdated, await readItems(database, locationId, outdated));
  return index;
}

/** Makes the search, which keeps the names of the locations that were searched last. */
export function createItemSearch(database: Database): ItemSearch {
  return keepIndexes<ItemIndex>((id, before) => update(database, id, before ?? new ItemIndex()));
}
