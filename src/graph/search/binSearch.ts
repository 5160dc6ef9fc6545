import { Prisma } from '../../generated/sqlite/client.ts';
import type { Database } from '../../platform/database/database.ts';
import { jsonSql } from '../shared/jsonSql.ts';
import { BinIndex, type BinMark, type BinText } from './binIndex.ts';
import type { FuzzyQuery } from './fuzzy.ts';
import { keepIndexes, youngSince } from './keptIndexes.ts';

const { sql } = Prisma;

/** Finds bins by their words. */
export interface BinSearch {
  /**
   * The ids of the live bins of a location that match, other people's private ones among them: who asks
   * has to leave those out. `version` is what `searchVersion` answered before.
   */
  search(locationId: string, version: number, query: FuzzyQuery): Promise<string[]>;
}

function readMarks(database: Database, locationId: string): Promise<BinMark[]> {
  return database.read(sql`
    SELECT b."id", ${jsonSql(database).moment(sql`b."updatedAt"`)} AS "updatedAt", b."areaId"
    FROM "Bin" b WHERE b."locationId" = ${locationId} AND b."deletedAt" IS NULL`);
}

function readTexts(database: Database, locationId: string, ids: readonly string[]): Promise<BinText[]> {
  const json = jsonSql(database);
  const text = json.lines([
    sql`b."name"`,
    sql`b."notes"`,
    sql`b."shortCode"`,
    { line: sql`i."name"`, from: sql`"BinItem" i WHERE i."binId" = b."id" AND i."deletedAt" IS NULL` },
    { line: sql`t."name"`, from: sql`"BinTag" t WHERE t."binId" = b."id"` },
    { line: sql`v."value"`, from: sql`"CustomFieldValue" v WHERE v."binId" = b."id"` },
  ]);
  return database.read(sql`
    SELECT b."id", ${text} AS "text" FROM ${json.rows(ids)} w ${json.lookUp('Bin', 'b', sql`b."id" = w."value"`)}
    WHERE b."locationId" = ${locationId} AND b."deletedAt" IS NULL`);
}

async function readAreas(database: Database, locationId: string): Promise<Map<string, string>> {
  const rows = await database.read<{ id: string; name: string }>(
    sql`SELECT "id", "name" FROM "Area" WHERE "locationId" = ${locationId}`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Brings an index up to date: three statements, and the texts of just those bins that have changed. */
async function update(database: Database, locationId: string, index: BinIndex): Promise<BinIndex> {
  const since = youngSince();
  const marks = await readMarks(database, locationId);
  const ids = index.outdated(marks, since);
  const [texts, areas] = [await readTexts(database, locationId, ids), await readAreas(database, locationId)];
  index.refresh(texts, new Map(marks.map((mark) => [mark.id, mark])), areas);
  return index;
}

/** Makes the search. */
export function createBinSearch(database: Database): BinSearch {
  const indexOf = keepIndexes<BinIndex>((id, before) => update(database, id, before ?? new BinIndex()));
  return { search: async (locationId, version, query) => (await indexOf(locationId, version)).search(query) };
}
