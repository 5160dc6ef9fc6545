import {
  type DefaultConnectionArguments,
  type PageInfoShape,
  resolveCursorConnection,
} from '@pothos/plugin-relay';
import { invalid } from '../../errors/issues.ts';

/** What a keyset page asks of its table: ids below or above the cursors, in this order, at most so many. */
export interface KeysetPage {
  readonly where: { readonly id: { readonly lt?: string; readonly gt?: string } };
  readonly orderBy: { readonly id: 'asc' | 'desc' };
  readonly take: number;
}

/** The largest `first` or `last`; REST lists without pages end here too. */
export const maxPageSize = 1000;

/** The size of a page unless `first` or `last` is given. */
export const defaultPageSize = 50;

/** The arguments that every connection takes. */
export type PageArgs = DefaultConnectionArguments;

/** A page of rows. */
export interface Page<Row> {
  readonly pageInfo: PageInfoShape;
  readonly edges: { readonly cursor: string; readonly node: Row }[];
  /** Asked for only when it is selected. */
  readonly totalCount: () => Promise<number>;
}

/** Ids between two cursors, of which either may be missing. */
function between(above: string | null | undefined, below: string | null | undefined) {
  return { ...(above && { gt: above }), ...(below && { lt: below }) };
}

/** Throws INVALID_INPUT for a `first` or `last` outside 0 to `max`. */
export function checkPageSize(args: PageArgs, max = maxPageSize): void {
  for (const name of ['first', 'last'] as const) {
    const size = args[name];
    if (size != null && (size < 0 || size > max))
      throw invalid(name, 'range', `must be between 0 and ${max}`);
  }
}

/** Cursors are ids. */
const uuids = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Which end of a list comes first. */
export type ListOrder = 'NEWEST_FIRST' | 'OLDEST_FIRST';

interface KeysetOptions {
  readonly order?: ListOrder;
  /** What ids look like; UUIDs unless given. */
  readonly cursors?: RegExp | undefined;
}

/**
 * A Relay connection over rows whose ids sort by time (`newId`). The cursor is the id,
 * so a page is one statement on the primary order whatever its depth.
 * Throws INVALID_INPUT for a `first` or `last` outside 0 to {@link maxPageSize}, and for a cursor of no list.
 * @param count how many rows the whole list has; runs only when `totalCount` is selected
 */
export async function keysetConnection<Row extends { id: string | number }>(
  args: PageArgs,
  load: (page: KeysetPage) => Promise<Row[]>,
  count: () => Promise<number>,
  { order = 'NEWEST_FIRST', cursors = uuids }: KeysetOptions = {},
): Promise<Page<Row>> {
  const newestFirst = order === 'NEWEST_FIRST';
  checkPageSize(args);
  for (const name of ['after', 'before'] as const) {
    const cursor = args[name];
    if (cursor != null && !cursors.test(cursor))
      throw invalid(name, 'format', 'is not a cursor of this list');
  }
  const page = await resolveCursorConnection(
    { args, defaultSize: defaultPageSize, maxSize: maxPageSize, toCursor: (row) => String((row as Row).id) },
    ({ before, after, limit, inverted }) =>
      load({
        where: { id: newestFirst ? between(before, after) : between(after, before) },
        orderBy: { id: newestFirst === inverted ? 'asc' : 'desc' },
        take: limit,
      }),
  );
  return { ...(page as Omit<Page<Row>, 'totalCount'>), totalCount: count };
}
