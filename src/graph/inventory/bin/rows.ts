import { LRUCache } from 'lru-cache';
import { notFound } from '../../../errors/domainError.ts';
import { type BinVisibility, Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { type JsonSql, jsonSql } from '../../core/jsonSql.ts';
import type { RowPage } from '../../core/offsetConnection.ts';
import { byLocation, readForEach } from '../location/perLocation.ts';
import { type BinTexts, textSqls } from './columns.ts';
import { allowedBins, seenBy } from './visible.ts';

const { sql } = Prisma;

/** An item as it lies in its bin. */
export interface BinItemRow {
  readonly id: string;
  readonly name: string;
  readonly quantity: number | null;
}

/** A bin with everything in it, as the database writes it in one go; moments are RFC 3339 texts. */
export interface BinRow extends BinTexts {
  readonly id: string;
  readonly shortCode: string;
  readonly locationId: string;
  readonly name: string;
  readonly areaId: string | null;
  readonly areaName: string | null;
  readonly items: readonly BinItemRow[];
  readonly tags: readonly string[];
  readonly createdById: string | null;
  readonly createdByName: string | null;
  readonly visibility: BinVisibility;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
  /** Values by the id of their custom field. */
  readonly customFields: Readonly<Record<string, string>>;
  /** For the one who asks; 1 and 0 on SQLite. */
  readonly isPinned: boolean | number;
  /** Who sees it; missing where that is the caller. */
  readonly viewerId?: string;
}

/** A bin that was found, and whether the one who asks wants views of it counted. */
export interface FoundBin {
  readonly bin: BinRow;
  readonly countsViews: boolean;
}

/** The statements' largest part, which is the same for each request of a person. */
const rowSqls = new LRUCache<string, Prisma.Sql>({ max: 1000 });

/** The JSON of a bin called `b`, whose area is called `a` and whose maker is called `c`. */
function rowSql(json: JsonSql, viewerId: string): Prisma.Sql {
  const key = `${json.engine} ${viewerId}`;
  const known = rowSqls.get(key) ?? makeRowSql(json, viewerId);
  rowSqls.set(key, known);
  return known;
}

function makeRowSql(json: JsonSql, viewerId: string): Prisma.Sql {
  const item = json.object({ id: sql`i."id"`, name: sql`i."name"`, quantity: sql`i."quantity"` });
  return json.object({
    id: sql`b."id"`,
    shortCode: sql`b."shortCode"`,
    locationId: sql`b."locationId"`,
    name: sql`b."name"`,
    areaId: sql`b."areaId"`,
    areaName: sql`a."name"`,
    items: json.list(
      item,
      sql`i."position", i."id"`,
      sql`"BinItem" i WHERE i."binId" = b."id" AND i."deletedAt" IS NULL`,
    ),
    tags: json.list(sql`t."name"`, sql`t."position", t."name"`, sql`"BinTag" t WHERE t."binId" = b."id"`),
    ...textSqls,
    createdById: sql`b."createdById"`,
    createdByName: sql`c."name"`,
    visibility: sql`b."visibility"`,
    createdAt: json.moment(sql`b."createdAt"`),
    updatedAt: json.moment(sql`b."updatedAt"`),
    deletedAt: json.moment(sql`b."deletedAt"`),
    customFields: json.dictionary(
      sql`v."fieldId"`,
      sql`v."value"`,
      sql`"CustomFieldValue" v WHERE v."binId" = b."id"`,
    ),
    isPinned: sql`EXISTS (SELECT 1 FROM "BinPin" p WHERE p."binId" = b."id" AND p."accountId" = ${viewerId})`,
  });
}

/** Which bins, of those called `b`, and in what order. */
export interface BinSelection {
  /** Of which location; the one who asks must belong to it. */
  readonly locationId: string;
  /** What follows WHERE. */
  readonly where: Prisma.Sql;
  /** Joins that `orderBy` needs. */
  readonly joins?: Prisma.Sql;
  readonly orderBy: Prisma.Sql;
  readonly limit: number;
  readonly offset: number;
}

/**
 * A page of bins with everything in them, and their number, in one statement: its rows are picked
 * first, by ids alone, and only the picked ones are written as JSON. Undefined for somebody who does
 * not belong to the location, which the same statement finds out.
 */
export async function readBinPage(
  { services: { database } }: GraphContext,
  viewerId: string,
  selection: BinSelection,
): Promise<RowPage<BinRow> | undefined> {
  const { locationId, where } = selection;
  const picked = pick(selection);
  // An empty page is one row, for the total. Sorting here spares the database from moving rows of JSON about.
  const rows = await database.read<{ total: number | string; at: number | string | null; row: Json }>(sql`
    SELECT (SELECT count(*) FROM "Bin" b WHERE ${where}) AS "total", q."at",
           ${rowSql(jsonSql(database), viewerId)} AS "row"
    FROM "Membership" m
    LEFT JOIN ${picked} q ON 1 = 1
    LEFT JOIN "Bin" b ON b."id" = q."id"
    LEFT JOIN "Area" a ON a."id" = b."areaId"
    LEFT JOIN "Account" c ON c."id" = b."createdById"
    WHERE m."locationId" = ${locationId} AND m."accountId" = ${viewerId}`);
  const [first] = rows;
  if (!first) return undefined;
  const found = rows.filter(({ at }) => at !== null).sort((a, b) => Number(a.at) - Number(b.at));
  return { results: found.map(({ row }) => parsed(row)), totalCount: Number(first.total) };
}

/** The ids of a page and their places. */
const pick = ({ where, joins = Prisma.empty, orderBy, limit, offset }: BinSelection): Prisma.Sql => sql`
  (SELECT q."id", row_number() OVER () AS "at" FROM (
    SELECT b."id" FROM "Bin" b ${joins} WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit} OFFSET ${offset}) q)`;

/**
 * The pages of several locations that somebody belongs to, by location: their ids by one statement, and their rows
 * by another. One location, which most requests have, is read as {@link readBinPage} does.
 */
export async function readBinPages(
  context: GraphContext,
  viewerId: string,
  selections: readonly BinSelection[],
): Promise<ReadonlyMap<string, RowPage<BinRow>>> {
  const [only] = selections;
  const seen = (page: RowPage<BinRow>) => ({
    ...page,
    results: page.results.map((row) => ({ ...row, viewerId })),
  });
  if (only && selections.length === 1) {
    const page = await readBinPage(context, viewerId, only);
    return new Map(page && [[only.locationId, seen(page)]]);
  }
  const picked = await readForEach<Picked, BinSelection>(
    context,
    selections,
    (selection) => sql`
      SELECT CAST(${selection.locationId} AS text) AS "locationId", t."total", p."id", p."at"
      FROM (SELECT count(*) AS "total" FROM "Bin" b WHERE ${selection.where}) t
      LEFT JOIN ${pick(selection)} p ON 1 = 1`,
  );
  const { database } = context.services;
  const json = jsonSql(database);
  const rows = await database.read<{ row: Json }>(sql`
    SELECT ${rowSql(json, viewerId)} AS "row" FROM "Bin" b
    LEFT JOIN "Area" a ON a."id" = b."areaId"
    LEFT JOIN "Account" c ON c."id" = b."createdById"
    WHERE ${json.isAmong(
      sql`b."id"`,
      picked.flatMap(({ id }) => id ?? []),
    )} AND ${allowedBins(viewerId)}`);
  const byId = new Map(rows.map(({ row }) => parsed(row)).map((row) => [row.id, row]));
  return new Map(
    Array.from(byLocation(picked), ([locationId, places]) => {
      const results = places
        .sort((a, b) => Number(a.at) - Number(b.at))
        .flatMap(({ id }) => byId.get(id ?? '') ?? []);
      return [locationId, seen({ results, totalCount: Number(places[0]?.total) })];
    }),
  );
}

/** A place on a page of a location; one without an id for an empty page. */
export interface Picked {
  readonly locationId: string;
  readonly total: number | string;
  readonly id: string | null;
  readonly at: number | string | null;
}

/** A row as SQLite writes it, or as PostgreSQL's driver has parsed it already. */
type Json = string | BinRow;

const parsed = (row: Json): BinRow => (typeof row === 'string' ? (JSON.parse(row) as BinRow) : row);

/**
 * One bin as somebody sees it, by what follows WHERE about a bin called `b`, together with their
 * preference about counting views (OpenBin 19); undefined when there is none.
 */
export async function findBinRow(
  { services: { database } }: GraphContext,
  viewerId: string,
  where: Prisma.Sql,
): Promise<FoundBin | undefined> {
  const [found] = await database.read<{ row: Json; countsViews: unknown }>(sql`
    SELECT ${rowSql(jsonSql(database), viewerId)} AS "row", (
      SELECT s."value" ->> 'usage_tracking_view' FROM "AccountSettings" s
      WHERE s."accountId" = ${viewerId} AND s."kind" = 'PREFERENCES') AS "countsViews"
    FROM "Bin" b
    LEFT JOIN "Area" a ON a."id" = b."areaId"
    LEFT JOIN "Account" c ON c."id" = b."createdById"
    WHERE ${where}`);
  if (!found) return undefined;
  const { row, countsViews } = found;
  return {
    bin: parsed(row),
    countsViews: countsViews === 1 || countsViews === 'true',
  };
}

/**
 * A bin by its id, in the trash or not, after something was done with it. Throws NOT_FOUND when it is gone
 * meanwhile, or out of sight: what its maker has written into it since is not for others.
 */
export async function readBin(context: GraphContext, viewerId: string, id: string): Promise<BinRow> {
  const found = await findBinRow(context, viewerId, sql`b."id" = ${id} AND ${seenBy(viewerId)}`);
  if (!found) throw notFound('Bin');
  return found.bin;
}
