import { Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { type JsonSql, jsonSql } from '../../core/jsonSql.ts';
import type { RowPage, Span } from '../../core/offsetConnection.ts';
import { readPagesBelow, within } from '../../core/pagesBelow.ts';
import { allowedBins } from '../bin/visible.ts';

const { sql } = Prisma;

/** Something to buy, with what one must know of the bin that it belongs in; moments are RFC 3339 texts. */
export interface ShoppingEntryRow {
  readonly id: string;
  readonly locationId: string;
  readonly name: string;
  readonly originBinId: string | null;
  readonly originBinName: string | null;
  readonly originBinIcon: string | null;
  readonly originBinColor: string | null;
  /** When that bin was thrown away. */
  readonly originBinDeletedAt: string | null;
  readonly createdById: string | null;
  readonly createdByName: string | null;
  readonly createdAt: string;
}

/** Entries called `s` and, where they have one, their bins `b`. */
export const entryTables = sql`"ShoppingEntry" s LEFT JOIN "Bin" b ON b."id" = s."originBinId"`;

/** Those that somebody may know of, as SQL about the tables above: an entry of a private bin tells of it, also when the bin is gone. */
export function visibleEntries(accountId: string): Prisma.Sql {
  return sql`
    ((b."id" IS NULL AND (s."onlyForId" IS NULL OR s."onlyForId" = ${accountId})) OR ${allowedBins(accountId)})`;
}

/** Keeps the entries of bins called `b` that are about to go, as what follows WHERE says, to those who may see them now. */
export async function keepPrivate(tx: Prisma.TransactionClient, bins: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ShoppingEntry" SET "onlyForId" = (
      SELECT coalesce(b."createdById", '') FROM "Bin" b WHERE b."id" = "ShoppingEntry"."originBinId")
    WHERE "originBinId" IN (SELECT b."id" FROM "Bin" b WHERE b."visibility" = 'PRIVATE' AND ${bins})`;
}

/** An entry as JSON, with its bin and the account `a` that wants it. */
function rowSql(json: JsonSql): Prisma.Sql {
  return json.object({
    id: sql`s."id"`,
    locationId: sql`s."locationId"`,
    name: sql`s."name"`,
    originBinId: sql`s."originBinId"`,
    originBinName: sql`b."name"`,
    originBinIcon: sql`b."icon"`,
    originBinColor: sql`b."color"`,
    originBinDeletedAt: json.moment(sql`b."deletedAt"`),
    createdById: sql`s."createdById"`,
    createdByName: sql`a."name"`,
    createdAt: json.moment(sql`s."createdAt"`),
  });
}

const tables = sql`${entryTables} LEFT JOIN "Account" a ON a."id" = s."createdById"`;

/** The lists of locations as far as somebody may see them, newest first, in one statement. */
export function readEntryPages(
  context: GraphContext,
  { ids, viewerId }: { readonly ids: readonly string[]; readonly viewerId: string },
  span: Span,
): Promise<Map<string, RowPage<ShoppingEntryRow>>> {
  const json = jsonSql(context.services.database);
  const parent = sql`s."locationId"`;
  const from = sql`${tables} WHERE ${within(parent, ids)} AND ${visibleEntries(viewerId)}`;
  const orderBy = sql`s."createdAt" DESC, s."id" DESC`;
  return readPagesBelow(context, { parent, row: rowSql(json), from, orderBy }, span);
}

/** Entries by their ids, in that order. */
export async function readEntries(
  { services: { database } }: GraphContext,
  ids: readonly string[],
): Promise<ShoppingEntryRow[]> {
  const json = jsonSql(database);
  const found = await database.read<{ row: string | ShoppingEntryRow }>(sql`
    SELECT ${rowSql(json)} AS "row"
    FROM ${tables} JOIN ${json.rows(ids)} w ON w."value" = s."id" ORDER BY w."at"`);
  return found.map(({ row }) => (typeof row === 'string' ? JSON.parse(row) : row));
}
