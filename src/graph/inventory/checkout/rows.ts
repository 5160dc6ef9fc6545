import { DomainError } from '../../../errors/domainError.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { allowedBins } from '../bin/visible.ts';

const { sql } = Prisma;

/** A checkout with what one must know to show it; moments are RFC 3339 texts. */
export interface CheckoutRow {
  readonly id: string;
  readonly itemId: string;
  readonly itemName: string;
  readonly originBinId: string;
  readonly originBinName: string;
  readonly originBinIcon: string;
  readonly originBinColor: string;
  readonly locationId: string;
  readonly checkedOutById: string | null;
  readonly checkedOutByName: string | null;
  readonly checkedOutAt: string;
  readonly returnedAt: string | null;
  readonly returnedById: string | null;
  readonly returnBinId: string | null;
}

/** Checkouts called `k` with their items `i` and bins `b`. */
export const checkoutTables = sql`
  "Checkout" k JOIN "BinItem" i ON i."id" = k."itemId" JOIN "Bin" b ON b."id" = k."originBinId"`;

/** Those that are not returned, of items and bins that somebody may see, as SQL about the tables above. */
export function visibleCheckouts(accountId: string): Prisma.Sql {
  return sql`k."returnedAt" IS NULL AND i."deletedAt" IS NULL
    AND b."deletedAt" IS NULL AND ${allowedBins(accountId)}`;
}

/** Checkouts, newest first, in one statement, by what follows WHERE about the tables above. */
export async function readCheckouts(
  { db, services }: GraphContext,
  where: Prisma.Sql,
): Promise<CheckoutRow[]> {
  const json = jsonSql(services.database);
  const checkout = json.object({
    id: sql`k."id"`,
    itemId: sql`k."itemId"`,
    itemName: sql`i."name"`,
    originBinId: sql`k."originBinId"`,
    originBinName: sql`b."name"`,
    originBinIcon: sql`b."icon"`,
    originBinColor: sql`b."color"`,
    locationId: sql`k."locationId"`,
    checkedOutById: sql`k."checkedOutById"`,
    checkedOutByName: sql`a."name"`,
    checkedOutAt: json.moment(sql`k."checkedOutAt"`),
    returnedAt: json.moment(sql`k."returnedAt"`),
    returnedById: sql`k."returnedById"`,
    returnBinId: sql`k."returnBinId"`,
  });
  const rows = json.text(
    checkout,
    sql`k."checkedOutAt" DESC, k."id" DESC`,
    sql`${checkoutTables} LEFT JOIN "Account" a ON a."id" = k."checkedOutById" WHERE ${where}`,
  );
  const [found] = await db.$queryRaw<{ rows: string }[]>`SELECT ${rows} AS "rows"`;
  return JSON.parse(found?.rows ?? '[]');
}

/** A checkout by its id, for those who have passed the rules. Throws NOT_FOUND when it is gone meanwhile. */
export async function readCheckout(context: GraphContext, id: string): Promise<CheckoutRow> {
  const [row] = await readCheckouts(context, sql`k."id" = ${id}`);
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}
