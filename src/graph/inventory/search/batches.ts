import { Prisma } from '../../../generated/sqlite/client.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Pace } from './scheduler.ts';

const { sql, raw } = Prisma;

/** A bin on its way through a search without an index. */
export interface PassingBin {
  readonly id: string;
  readonly areaId: string | null;
  readonly name: string;
  /** Who alone may see it; null for everybody. */
  readonly onlyFor: string | null;
}

/** Bins whose texts are read together; `isHuge` for a single one whose items are not. */
export interface BinBatch {
  readonly bins: readonly PassingBin[];
  readonly isHuge: boolean;
}

interface WeighedBin extends PassingBin {
  readonly shortCode: string;
  readonly items: number | string;
  readonly bytes: number | string;
}

const binsAtOnce = 100;
/** A bin with more items is read in slices; nothing else bounds how many a bin has. */
const maxItems = 1000;
/** An item's name has at most so many characters. */
const itemCharacters = 500;
/** The longest name, a code and fifty tags. */
const binCharacters = 6000;
const maxCharacters = 1_000_000;

/**
 * Bins of a location by their codes, the only thing of theirs that no two have and that an index sorts
 * them by. `IS TRUE` keeps SQLite from taking another index and sorting.
 */
function readBins(database: Database, locationId: string, after: string): Promise<WeighedBin[]> {
  return database.read(sql`
    SELECT b."id", b."shortCode", b."areaId", b."name",
      CASE WHEN b."visibility" = 'PRIVATE' THEN coalesce(b."createdById", '') END AS "onlyFor",
      (SELECT count(*) FROM (
        SELECT 1 FROM "BinItem" i WHERE i."binId" = b."id" AND i."deletedAt" IS NULL
        LIMIT ${raw(String(maxItems + 1))}) c) AS "items",
      octet_length(b."notes") + (SELECT coalesce(sum(octet_length(v."value")), 0)
        FROM "CustomFieldValue" v WHERE v."binId" = b."id") AS "bytes"
    FROM "Bin" b
    WHERE b."locationId" = ${locationId} AND b."shortCode" > ${after} AND (b."deletedAt" IS NULL) IS TRUE
    ORDER BY b."shortCode" LIMIT ${raw(String(binsAtOnce))}`);
}

/** All bins of a location, in batches whose texts have some million characters at most. */
export async function* batchesOf(
  database: Database,
  locationId: string,
  pace: Pace,
): AsyncGenerator<BinBatch> {
  let after = '';
  for (;;) {
    if (pace.isDue()) await pace.rest();
    const read = await readBins(database, locationId, after);
    let bins: PassingBin[] = [];
    let characters = 0;
    for (const bin of read) {
      if (Number(bin.items) > maxItems) {
        yield { bins: [bin], isHuge: true };
        if (pace.isDue()) await pace.rest();
        continue;
      }
      const weight = binCharacters + Number(bin.bytes) + Number(bin.items) * itemCharacters;
      if (bins.length > 0 && characters + weight > maxCharacters) {
        yield { bins, isHuge: false };
        if (pace.isDue()) await pace.rest();
        [bins, characters] = [[], 0];
      }
      bins.push(bin);
      characters += weight;
    }
    if (bins.length > 0) yield { bins, isHuge: false };
    const last = read.at(-1);
    if (!last || read.length < binsAtOnce) return;
    after = last.shortCode;
  }
}

/** An item as it is stored, with its place in its bin. */
export interface SlicedItem {
  readonly id: string;
  readonly name: string;
  readonly quantity: number | null;
  readonly binId: string;
  readonly position: number;
}

/** The items of a bin that has many, slice by slice in their order. */
export async function* slicesOf(database: Database, binId: string, pace: Pace): AsyncGenerator<SlicedItem[]> {
  let last: SlicedItem | undefined;
  for (;;) {
    const from = last
      ? sql`AND i."position" >= ${last.position} AND NOT (i."position" = ${last.position} AND i."id" <= ${last.id})`
      : Prisma.empty;
    const slice: SlicedItem[] = await database.read(sql`
      SELECT i."id", i."name", i."quantity", i."binId", i."position" FROM "BinItem" i
      WHERE i."binId" = ${binId} AND i."deletedAt" IS NULL ${from}
      ORDER BY i."position", i."id" LIMIT ${raw(String(maxItems))}`);
    yield slice;
    if (pace.isDue()) await pace.rest();
    last = slice.at(-1);
    if (!last || slice.length < maxItems) return;
  }
}
