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
 * The rows of one SELECT for each of several things, such as the ids of locations, each with its own order and limit, so that every one of them
 * ends where its page does. One statement for every {@link maxParts} locations; the order among the rows is lost.
 */
export async function readForEach<Row, Each = string>(
  { services: { database } }: GraphContext,
  all: readonly Each[],
  select: (each: Each) => Prisma.Sql,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < all.length; from += maxParts) {
    const parts = all
      .slice(from, from + maxParts)
      .map((each) => Prisma.sql`SELECT * FROM (${select(each)}) p`);
    rows.push(...(await database.read<Row>(Prisma.join(parts, ' UNION ALL '))));
  }
  return rows;
}
