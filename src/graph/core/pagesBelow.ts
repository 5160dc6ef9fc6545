import { Prisma } from '../../generated/sqlite/client.ts';
import type { GraphContext } from './context.ts';
import type { RowPage, Span } from './offsetConnection.ts';

const { sql } = Prisma;

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
