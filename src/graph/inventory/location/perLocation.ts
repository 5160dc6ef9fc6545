import { type Location, type LocationRole, Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';

/** A location as one person sees it. */
export interface LocationView extends Location {
  readonly viewerId: string;
  readonly role: LocationRole;
}

/** Rows by their location, in the order in which they come. */
export function byLocation<Row extends { readonly locationId: string }>(
  rows: Iterable<Row>,
): ReadonlyMap<string, Row[]> {
  const lists = new Map<string, Row[]>();
  for (const row of rows) {
    const list = lists.get(row.locationId);
    if (list) list.push(row);
    else lists.set(row.locationId, [row]);
  }
  return lists;
}

/** SQLite takes 500 parts of a compound SELECT. */
const maxParts = 400;

/**
 * The rows of one SELECT for each location, each with its own order and limit, so that every one of them
 * ends where its page does. One statement for every {@link maxParts} locations; the order among the rows is lost.
 */
export async function readForEach<Row>(
  { services: { database } }: GraphContext,
  ids: readonly string[],
  select: (id: string) => Prisma.Sql,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < ids.length; from += maxParts) {
    const parts = ids.slice(from, from + maxParts).map((id) => Prisma.sql`SELECT * FROM (${select(id)}) p`);
    rows.push(...(await database.read<Row>(Prisma.join(parts, ' UNION ALL '))));
  }
  return rows;
}
