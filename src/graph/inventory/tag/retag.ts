import { invalid } from '../../../errors/issues.ts';
import { type BinVisibility, Prisma } from '../../../generated/sqlite/client.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import { maxTags } from '../bin/fields.ts';
import { allowedBins } from '../bin/visible.ts';

const { sql } = Prisma;

/** In which location, and for whom. */
export interface TagScope {
  readonly locationId: string;
  readonly accountId: string;
}

/** What is needed to change the tags of bins; always under the location's lock. */
export interface TagWriter {
  readonly tx: Prisma.TransactionClient;
  readonly json: JsonSql;
  readonly scope: TagScope;
}

/** How many bins a change of tags was about. */
export interface Touched {
  readonly all: number;
  /** Without those that are only the caller's; the log, which others read, counts these. */
  readonly shared: number;
}

const nothing: Touched = { all: 0, shared: 0 };

const touchedOf = (bins: readonly { readonly visibility: BinVisibility }[]): Touched => ({
  all: bins.length,
  shared: bins.filter(({ visibility }) => visibility === 'LOCATION').length,
});

/** The bins called `b` whose tags somebody reads and edits: not in the trash, not other people's private ones. */
export function editableBins({ locationId, accountId }: TagScope): Prisma.Sql {
  return sql`b."locationId" = ${locationId} AND ${editableBy(accountId)}`;
}

/** The same in all locations. */
export function editableBy(accountId: string): Prisma.Sql {
  return sql`b."deletedAt" IS NULL AND ${allowedBins(accountId)}`;
}

/** The tags called `t` of those bins that are among `names`. */
const tagsAmong = (json: JsonSql, names: Iterable<string>): Prisma.Sql =>
  sql`t."binId" = b."id" AND ${json.isAmong(sql`t."name"`, names)}`;

/** Marks the bins that have one of these tags as changed now; answers how many they are. */
async function touch({ tx, json, scope }: TagWriter, names: Iterable<string>): Promise<Touched> {
  const bins = await tx.$queryRaw<{ visibility: BinVisibility }[]>`
    UPDATE "Bin" AS b SET "updatedAt" = ${new Date()}
    WHERE ${editableBins(scope)} AND EXISTS (SELECT 1 FROM "BinTag" t WHERE ${tagsAmong(json, names)})
    RETURNING "visibility"`;
  return touchedOf(bins);
}

/** Takes tags off all bins; answers how many bins had one. Two statements. */
export async function takeTagsOff(writer: TagWriter, names: readonly string[]): Promise<Touched> {
  const { tx, json, scope } = writer;
  const touched = await touch(writer, names);
  if (touched.all > 0) {
    await tx.$executeRaw`
      DELETE FROM "BinTag" WHERE ("binId", "name") IN (
        SELECT t."binId", t."name" FROM "Bin" b, "BinTag" t
        WHERE ${editableBins(scope)} AND ${tagsAmong(json, names)})`;
  }
  return touched;
}

/**
 * Gives tags other names on all bins, where no new name is among the old ones; answers how many
 * bins had one. A bin that would have a tag twice keeps it in the first of the places. Three statements.
 */
export async function renameOnBins(writer: TagWriter, names: ReadonlyMap<string, string>): Promise<Touched> {
  const { tx, json, scope } = writer;
  const touched = await touch(writer, names.keys());
  if (touched.all === 0) return touched;
  const meant = sql`
    WITH m AS MATERIALIZED ${json.pairs(names)},
      meant AS MATERIALIZED (
        SELECT t."binId", t."name", t."position", coalesce(m."second", t."name") AS "target"
        FROM "Bin" b, "BinTag" t LEFT JOIN m ON m."first" = t."name"
        WHERE ${editableBins(scope)} AND ${tagsAmong(json, [...names.keys(), ...names.values()])})`;
  await tx.$executeRaw`${meant}
    DELETE FROM "BinTag" WHERE ("binId", "name") IN (
      SELECT p."binId", p."name" FROM (
        SELECT "binId", "name",
          row_number() OVER (PARTITION BY "binId", "target" ORDER BY "position", "name") AS "nth"
        FROM meant) p
      WHERE p."nth" > 1)`;
  await tx.$executeRaw`${meant}
    UPDATE "BinTag" SET "name" = meant."target" FROM meant
    WHERE "BinTag"."binId" = meant."binId" AND "BinTag"."name" = meant."name"
      AND meant."name" <> meant."target"`;
  return touched;
}

/** Tags of single bins, a pair for each. */
export type BinTags = readonly (readonly [binId: string, name: string])[];

/** Marks the bins of rows that were written as changed now; answers how many they are. */
async function touchThose(
  { tx, json }: TagWriter,
  rows: readonly { readonly binId: string }[],
): Promise<Touched> {
  if (rows.length === 0) return nothing;
  const bins = await tx.$queryRaw<{ visibility: BinVisibility }[]>`
    UPDATE "Bin" SET "updatedAt" = ${new Date()}
    WHERE "id" IN (SELECT i."value" FROM ${json.rows(new Set(rows.map(({ binId }) => binId)))} i)
    RETURNING "visibility"`;
  return touchedOf(bins);
}

/** Gives bins tags at the end of those that they have; answers how many bins did not have them all. Two statements. */
export async function putTagsOn(writer: TagWriter, tags: BinTags): Promise<Touched> {
  if (tags.length === 0) return nothing;
  const added = await writer.tx.$queryRaw<{ binId: string }[]>`
    INSERT INTO "BinTag" ("binId", "name", "position")
    SELECT g."first", g."second",
      g."at" + (SELECT coalesce(max(t."position"), -1) + 1 FROM "BinTag" t WHERE t."binId" = g."first")
    FROM ${writer.json.pairs(tags)} g WHERE true
    ON CONFLICT ("binId", "name") DO NOTHING
    RETURNING "binId"`;
  return touchThose(writer, added);
}

/** Takes tags off single bins; answers how many bins had one of theirs. Two statements. */
export async function pullTagsOff(writer: TagWriter, tags: BinTags): Promise<Touched> {
  if (tags.length === 0) return nothing;
  const removed = await writer.tx.$queryRaw<{ binId: string }[]>`
    DELETE FROM "BinTag"
    WHERE ("binId", "name") IN (SELECT g."first", g."second" FROM ${writer.json.pairs(tags)} g)
    RETURNING "binId"`;
  return touchThose(writer, removed);
}

/** Throws INVALID_INPUT unless all the bins are among those that may be edited. */
export async function assertVisible(
  { tx, json, scope }: TagWriter,
  binIds: ReadonlySet<string>,
): Promise<void> {
  if (binIds.size === 0) return;
  const [found] = await tx.$queryRaw<{ count: bigint | number }[]>`
    SELECT count(*) AS "count" FROM "Bin" b
    WHERE ${editableBins(scope)} AND ${json.isAmong(sql`b."id"`, binIds)}`;
  if (Number(found?.count) !== binIds.size)
    throw invalid('assignments', 'unknown', 'must name bins of this location only');
}

/** Throws INVALID_INPUT when one of the bins has more tags than a bin may have (OpenBin 10.2). */
export async function assertTagCounts({ tx, json }: TagWriter, binIds: ReadonlySet<string>): Promise<void> {
  if (binIds.size === 0) return;
  const over = await tx.$queryRaw<unknown[]>`
    SELECT t."binId" FROM "BinTag" t
    WHERE t."binId" IN (SELECT i."value" FROM ${json.rows(binIds)} i)
    GROUP BY t."binId" HAVING count(*) > ${maxTags} LIMIT 1`;
  if (over.length > 0)
    throw invalid('assignments', 'too_long', `would leave a bin with more than ${maxTags} tags`);
}
