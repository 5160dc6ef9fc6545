import { Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
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

/** Entries, newest first, in one statement, by what follows WHERE about the tables above. */
export async function readEntries(
  { db, services }: GraphContext,
  where: Prisma.Sql,
): Promise<ShoppingEntryRow[]> {
  const json = jsonSql(services.database);
  const entry = json.object({
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
  const rows = json.text(
    entry,
    sql`s."createdAt" DESC, s."id" DESC`,
    sql`${entryTables} LEFT JOIN "Account" a ON a."id" = s."createdById" WHERE ${where}`,
  );
  const [found] = await db.$queryRaw<{ rows: string }[]>`SELECT ${rows} AS "rows"`;
  return JSON.parse(found?.rows ?? '[]');
}
