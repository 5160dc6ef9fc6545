import { type Location, type LocationRole, Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { batchedAlike } from '../../core/loader.ts';

/** A location as one person sees it. */
export interface LocationView extends Location {
  readonly viewerId: string;
  readonly role: LocationRole;
}

/** What is asked of: a location, and by whom. */
export type AskedLocation = Pick<LocationView, 'id' | 'viewerId'>;

/**
 * Makes a function that reads something of a location, and for all locations that one request asks about
 * at the same time by one call of `load`. What differs in viewer or arguments is read by another call.
 * For what depends on who asks and is no page by offset, which `pagesBelow` reads.
 *
 * @param load returns what there is by the location's id; a location without anything may be missing
 */
export function perLocation<Found, Args = undefined>(
  load: (
    asked: { readonly ids: readonly string[]; readonly viewerId: string; readonly args: Args },
    context: GraphContext,
  ) => Promise<ReadonlyMap<string, Found>>,
): (location: AskedLocation, context: GraphContext, args: Args) => Promise<Found | undefined> {
  const read = batchedAlike<string, { viewerId: string; args: Args }, Found>((ids, of, context) =>
    load({ ids, ...of }, context),
  );
  return ({ id, viewerId }, context, args) => read(id, { viewerId, args }, context);
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
