import { Prisma } from '../../generated/sqlite/client.ts';
import type { Database } from '../../platform/database/database.ts';
import { jsonSql } from '../shared/jsonSql.ts';
import { type BinText, createBinIndex } from './binIndex.ts';
import type { FuzzyQuery } from './fuzzy.ts';
import { keepIndexes } from './keptIndexes.ts';

const { sql } = Prisma;

/** Finds bins by their words. */
export interface BinSearch {
  /**
   * The ids of the live bins of a location that match, other people's private ones among them: who asks
   * has to leave those out. `version` is what `searchVersion` answered before.
   */
  search(locationId: string, version: number, query: FuzzyQuery): Promise<string[]>;
}

async function loadTexts(database: Database, locationId: string): Promise<BinText[]> {
  const { lines } = jsonSql(database);
  return database.db.$queryRaw<BinText[]>`
    SELECT b."id", ${lines([
      sql`b."name"`,
      sql`b."notes"`,
      sql`b."shortCode"`,
      sql`a."name"`,
      { line: sql`i."name"`, from: sql`"BinItem" i WHERE i."binId" = b."id" AND i."deletedAt" IS NULL` },
      { line: sql`t."name"`, from: sql`"BinTag" t WHERE t."binId" = b."id"` },
      { line: sql`v."value"`, from: sql`"CustomFieldValue" v WHERE v."binId" = b."id"` },
    ])} AS "text"
    FROM "Bin" b
    LEFT JOIN "Area" a ON a."id" = b."areaId"
    WHERE b."locationId" = ${locationId} AND b."deletedAt" IS NULL`;
}

/** Makes the search. */
export function createBinSearch(database: Database): BinSearch {
  const indexOf = keepIndexes(async (id) => createBinIndex(await loadTexts(database, id)));
  return { search: async (locationId, version, query) => (await indexOf(locationId, version)).search(query) };
}
