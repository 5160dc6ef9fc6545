import { Prisma } from '../../../generated/sqlite/client.ts';
import type { Database } from '../../../platform/database/database.ts';
import { jsonSql, type Lines } from '../../core/jsonSql.ts';
import { type BinBatch, batchesOf, slicesOf } from './batches.ts';
import { BinIndex, type BinMark, type BinText, matchingAreas } from './binIndex.ts';
import type { Budget } from './bytes.ts';
import type { FuzzyQuery } from './fuzzy.ts';
import { createLocationSearch, type Growth, type LocationSearch, youngSince } from './locationSearch.ts';
import { isReadable, maxBins } from './measure.ts';
import { type Pace, type Scheduler, yieldingEach } from './scheduler.ts';
import { yieldingMatch } from './yieldingMatch.ts';

const { sql, raw } = Prisma;

/**
 * Finds bins by their words: the ids of the live bins of a location that match, other people's private
 * ones among them: who asks has to leave those out.
 */
export type BinSearch = LocationSearch<FuzzyQuery, string[]>;

function readMarks(database: Database, locationId: string): Promise<BinMark[]> {
  return database.read(sql`
    SELECT b."id", ${jsonSql(database).moment(sql`b."updatedAt"`)} AS "updatedAt", b."areaId"
    FROM "Bin" b WHERE b."locationId" = ${locationId} AND b."deletedAt" IS NULL
    LIMIT ${raw(String(maxBins + 1))}`);
}

const items: Lines = {
  line: sql`i."name"`,
  from: sql`"BinItem" i WHERE i."binId" = b."id" AND i."deletedAt" IS NULL`,
};

function readTexts(
  database: Database,
  locationId: string,
  ids: readonly string[],
  lines: readonly Lines[] = [items],
): Promise<BinText[]> {
  const json = jsonSql(database);
  const text = json.lines([
    sql`b."name"`,
    sql`b."notes"`,
    sql`b."shortCode"`,
    ...lines,
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

/** Brings an index up to date: at most four statements, and the texts of just those bins that have changed. */
async function update(
  database: Database,
  locationId: string,
  before: BinIndex | null,
  growth: Growth,
): Promise<BinIndex | null> {
  if (!before && !(await isReadable(database, locationId, null, 'BINS'))) return null;
  const index = before ?? new BinIndex();
  const since = youngSince();
  const marks = await readMarks(database, locationId);
  if (marks.length > maxBins) return null;
  const ids = await index.outdated(marks, since, growth.pace);
  if (before && !(await isReadable(database, locationId, ids, 'BINS'))) return null;
  const [texts, areas] = [await readTexts(database, locationId, ids), await readAreas(database, locationId)];
  const isSmall = await index.refresh(texts, new Map(marks.map((mark) => [mark.id, mark])), areas, growth);
  return isSmall ? index : null;
}

/** The ids of the bins of a batch that match by something else than their area. */
async function matchingIn(
  database: Database,
  locationId: string,
  { bins, isHuge }: BinBatch,
  query: FuzzyQuery,
  pace: Pace,
): Promise<Set<string>> {
  const ids = bins.map(({ id }) => id);
  const found = new Set<string>();
  for (const { id, text } of await readTexts(database, locationId, ids, isHuge ? [] : [items])) {
    if (await yieldingMatch(query, text, pace)) found.add(id);
    if (pace.isDue()) await pace.rest();
  }
  for (const id of isHuge ? ids : []) {
    for await (const slice of slicesOf(database, id, pace)) {
      await yieldingEach(slice, pace, ({ name }) => {
        if (!found.has(id) && query.inLine(name)) found.add(id);
      });
      if (found.has(id)) break;
    }
  }
  return found;
}

async function stream(
  database: Database,
  locationId: string,
  query: FuzzyQuery,
  pace: Pace,
): Promise<string[]> {
  const areas = matchingAreas(await readAreas(database, locationId), query);
  const found = new Set<string>();
  for await (const batch of batchesOf(database, locationId, pace)) {
    const matching = await matchingIn(database, locationId, batch, query, pace);
    for (const { id, areaId } of batch.bins) {
      if (matching.has(id) || (areaId !== null && areas.has(areaId))) found.add(id);
    }
  }
  return [...found];
}

/** Makes the search, which keeps the words of the locations that were searched last. */
export function createBinSearch(database: Database, scheduler: Scheduler, budget?: Budget): BinSearch {
  return createLocationSearch<BinIndex, FuzzyQuery, string[]>(
    scheduler,
    {
      update: (locationId, before, growth) => update(database, locationId, before, growth),
      search: (index, query, pace) => index.search(query, pace),
      stream: (locationId, query, pace) => stream(database, locationId, query, pace),
    },
    budget,
  );
}
