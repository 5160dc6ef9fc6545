import { Prisma } from '../../generated/sqlite/client.ts';
import type { GraphContext } from './context.ts';
import { batchedAlike } from './loader.ts';
import type { RowPage, Span } from './offsetConnection.ts';

const { sql } = Prisma;

/** What the lists below it need to know of a parent. */
interface Parent {
  readonly id: string;
  /** Who asks. */
  readonly viewerId: string;
}

/** Reads the same part of the lists of several parents, by the parents' ids. */
type LoadPages<Args, Row> = (
  parents: { readonly ids: readonly string[]; readonly viewerId: string },
  args: Args,
  context: GraphContext,
) => Promise<ReadonlyMap<string, RowPage<Row>>>;

/**
 * Makes the reader of a list below a parent: parents of one request that are asked with the same arguments
 * at the same time are read by one call of `load`. A parent that it leaves out has an empty list.
 * For lists in another order than that of ids, such as by name, whose pages have numbers (`offsetPage`);
 * `listBelow` is for those in the order of ids.
 */
export function pagesBelow<Args extends object, Row>(load: LoadPages<Args, Row>) {
  const read = batchedAlike<string, { viewerId: string; args: Args }, RowPage<Row>>(
    (ids, { viewerId, args }, context) => load({ ids, viewerId }, args, context),
  );
  return async ({ id, viewerId }: Parent, args: Args, context: GraphContext): Promise<RowPage<Row>> =>
    (await read(id, { viewerId, args }, context)) ?? { results: [], totalCount: 0 };
}

/** That a column is one of some ids; both engines take a single one for an equation. */
export const within = (column: Prisma.Sql, ids: readonly string[]): Prisma.Sql =>
  sql`${column} IN (${Prisma.join(ids)})`;

/** Where rows come from, and what each of them is. */
export interface RowSource {
  /** The column with the parent's id. */
  readonly parent: Prisma.Sql;
  /** A row as JSON. */
  readonly row: Prisma.Sql;
  /** All that follows FROM, down to the conditions. */
  readonly from: Prisma.Sql;
  readonly orderBy: Prisma.Sql;
}

/** The same part of the lists of all parents that `from` lets through, in one statement. */
export async function readPagesBelow<Row>(
  { services: { database } }: GraphContext,
  { parent, row, from, orderBy }: RowSource,
  { offset, limit }: Span,
): Promise<Map<string, RowPage<Row>>> {
  // The first row comes along wherever the page begins, for the total.
  const found = await database.read<{
    parent: string;
    total: number | string;
    at: number | string;
    row: string | Row;
  }>(sql`
    SELECT q."parent", q."total", q."at", q."row" FROM (
      SELECT ${parent} AS "parent", ${row} AS "row",
        count(*) OVER (PARTITION BY ${parent}) AS "total",
        row_number() OVER (PARTITION BY ${parent} ORDER BY ${orderBy}) AS "at"
      FROM ${from}) q
    WHERE q."at" = 1 OR (q."at" > ${offset} AND q."at" <= ${offset + limit})
    ORDER BY q."parent", q."at"`);
  const pages = new Map<string, { results: Row[]; totalCount: number }>();
  for (const { parent: id, total, at, row: text } of found) {
    const page = pages.get(id) ?? { results: [], totalCount: Number(total) };
    pages.set(id, page);
    if (Number(at) > offset) page.results.push(typeof text === 'string' ? JSON.parse(text) : text);
  }
  return pages;
}
