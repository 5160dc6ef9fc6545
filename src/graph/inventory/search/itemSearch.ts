import { Prisma } from '../../../generated/sqlite/client.ts';
import type { Database } from '../../../platform/database/database.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { unindexed } from '../../core/unindexed.ts';
import { type Budget, searchBudget } from './bytes.ts';
import {
  type IndexedBin,
  type IndexedItem,
  ItemIndex,
  type ItemPageIds,
  type ItemPageQuery,
} from './itemIndex.ts';
import { streamItems } from './itemStream.ts';
import { createLocationSearch, type Growth, type LocationSearch, youngSince } from './locationSearch.ts';
import { isReadable, maxBins } from './measure.ts';
import type { Scheduler } from './scheduler.ts';

const { sql, raw } = Prisma;

/** Finds items by their names and the names of their bins, as far as somebody may see them. */
export type ItemSearch = LocationSearch<ItemPageQuery, ItemPageIds>;

function readBins(database: Database, locationId: string): Promise<IndexedBin[]> {
  return database.read(sql`
    SELECT b."id", ${jsonSql(database).moment(sql`b."updatedAt"`)} AS "updatedAt", b."name",
           CASE WHEN b."visibility" = 'PRIVATE' THEN coalesce(b."createdById", '') END AS "onlyFor"
    FROM "Bin" b WHERE b."locationId" = ${locationId} AND b."deletedAt" IS NULL
    LIMIT ${raw(String(maxBins + 1))}`);
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

/** Brings an index up to date: three statements, and the items of just those bins that have changed. */
async function update(
  database: Database,
  locationId: string,
  before: ItemIndex | null,
  growth: Growth,
): Promise<ItemIndex | null> {
  if (!before && !(await isReadable(database, locationId, null, 'ITEMS'))) return null;
  const index = before ?? new ItemIndex();
  const since = youngSince();
  const bins = await readBins(database, locationId);
  if (bins.length > maxBins) return null;
  const outdated = index.outdated(bins, since);
  if (before && !(await isReadable(database, locationId, outdated, 'ITEMS'))) return null;
  const items = await readItems(database, locationId, outdated);
  return (await index.refresh(bins, outdated, items, growth)) ? index : null;
}

/** Makes the search, which keeps the names of the locations that were searched last. */
export function createItemSearch(
  database: Database,
  scheduler: Scheduler,
  budget: Budget = searchBudget,
): ItemSearch {
  return createLocationSearch<ItemIndex, ItemPageQuery, ItemPageIds>(
    scheduler,
    {
      update: (locationId, before, growth) => update(database, locationId, before, growth),
      async search(index, { offset, limit, ...query }, pace) {
        const ids = await index.search(query, pace);
        return { ids: ids.slice(offset, offset + limit), totalCount: ids.length };
      },
      stream: (locationId, query, pace) =>
        streamItems(database, locationId, query, {
          readItems: (binIds) => readItems(database, locationId, binIds),
          sortedItems: budget.sortedItems,
          pace,
        }),
    },
    budget,
  );
}
