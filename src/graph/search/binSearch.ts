import { Prisma } from '../../generated/sqlite/client.ts';
import type { Database } from '../../platform/database/database.ts';
import { jsonSql } from '../shared/jsonSql.ts';
import { type BinIndex, type BinText, createBinIndex } from './binIndex.ts';
import type { FuzzyQuery } from './fuzzy.ts';

const { sql } = Prisma;
const maxCharacters = 64_000_000;

/** Finds bins by their words. */
export interface BinSearch {
  /**
   * The ids of the live bins of a location that match, other people's private ones among them: who asks
   * has to leave those out. `version` is the location's `lockSequence`, read before; every change of
   * what is searched raises it, on whichever instance, so that an index of the same version is current.
   */
  search(locationId: string, version: number, query: FuzzyQuery): Promise<string[]>;
}

interface Kept {
  readonly version: number;
  readonly index: Promise<BinIndex>;
  size: number;
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

/** Makes the search; it keeps the indexes that were used last, up to a number of characters. */
export function createBinSearch(database: Database): BinSearch {
  const kept = new Map<string, Kept>();

  /** Drops what was used longest ago, but never the one that was used last. */
  function shrink(): void {
    let total = 0;
    for (const { size } of kept.values()) total += size;
    for (const [id, { size }] of kept) {
      if (total <= maxCharacters || kept.size === 1) return;
      kept.delete(id);
      total -= size;
    }
  }

  function indexOf(locationId: string, version: number): Promise<BinIndex> {
    const old = kept.get(locationId);
    kept.delete(locationId);
    if (old?.version === version) {
      kept.set(locationId, old);
      return old.index;
    }
    const entry: Kept = { version, index: loadTexts(database, locationId).then(createBinIndex), size: 0 };
    kept.set(locationId, entry);
    entry.index.then(
      (index) => {
        entry.size = index.size;
        shrink();
      },
      () => {
        if (kept.get(locationId) === entry) kept.delete(locationId);
      },
    );
    return entry.index;
  }

  return { search: async (locationId, version, query) => (await indexOf(locationId, version)).search(query) };
}
