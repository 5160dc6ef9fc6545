import { notFound } from '../../../errors/domainError.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { type JsonSql, jsonSql } from '../../core/jsonSql.ts';
import type { RowPage, Span } from '../../core/offsetConnection.ts';
import { readPagesBelow, within } from '../../core/pagesBelow.ts';
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

const newestFirst = sql`k."checkedOutAt" DESC, k."id" DESC`;

/** A checkout called `k` as JSON, with its item `i`, its bin `b` and the account `a` that has taken the item. */
function rowSql(json: JsonSql): Prisma.Sql {
  return json.object({
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
}

const tables = sql`${checkoutTables} LEFT JOIN "Account" a ON a."id" = k."checkedOutById"`;

/** The checkouts of locations, or of bins, that are not returned and that somebody may see; newest first, in one statement. */
export function readCheckoutPages(
  context: GraphContext,
  parent: Prisma.Sql,
  { ids, viewerId }: { readonly ids: readonly string[]; readonly viewerId: string },
  span: Span,
): Promise<Map<string, RowPage<CheckoutRow>>> {
  const json = jsonSql(context.services.database);
  const from = sql`${tables} WHERE ${within(parent, ids)} AND ${visibleCheckouts(viewerId)}`;
  return readPagesBelow(context, { parent, row: rowSql(json), from, orderBy: newestFirst }, span);
}

/** A checkout by its id, for those who have passed the rules. Throws NOT_FOUND when it is gone meanwhile. */
export async function readCheckout({ services }: GraphContext, id: string): Promise<CheckoutRow> {
  const json = jsonSql(services.database);
  const [found] = await services.database.read<{ row: string | CheckoutRow }>(
    sql`SELECT ${rowSql(json)} AS "row" FROM ${tables} WHERE k."id" = ${id}`,
  );
  if (!found) throw notFound('Checkout');
  return typeof found.row === 'string' ? JSON.parse(found.row) : found.row;
}
