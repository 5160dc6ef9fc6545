import { invalid } from '../../errors/issues.ts';
import { builder } from './builder.ts';
import type { Page } from './keyset.ts';

/** The part of a list that is asked for. */
export interface Span {
  readonly offset: number;
  readonly limit: number;
}

/** Some rows of a list, and how many the whole list has. */
export interface RowPage<Row> {
  readonly results: readonly Row[];
  readonly totalCount: number;
}

interface OffsetArgs {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly offset: number;
}

/**
 * The arguments of a connection whose order is not that of ids, such as by name: its cursors are places in
 * the list. `offset` is for the documented pages of REST.
 */
export function offsetArgs(defaultSize: number, maxSize: number) {
  return builder.args((t) => ({
    first: t.int({
      required: true,
      defaultValue: defaultSize,
      description: `How many, from 1 to ${maxSize}.`,
    }),
    after: t.string({ description: 'Only what follows this cursor.' }),
    offset: t.int({
      required: true,
      defaultValue: 0,
      description: 'How many to leave out first, counted from the cursor if there is one.',
    }),
  }));
}

/** Cursors are places from 0. */
const cursorPattern = /^\d{1,9}$/;

/** Checks the arguments. Throws INVALID_INPUT for a size or offset out of bounds, and for a cursor of no list. */
export function spanOf({ first, after, offset }: OffsetArgs, maxSize: number): Span {
  if (first < 1 || first > maxSize) throw invalid('first', 'range', `must be between 1 and ${maxSize}`);
  if (offset < 0) throw invalid('offset', 'range', 'must be at least 0');
  if (after != null && !cursorPattern.test(after))
    throw invalid('after', 'format', 'is not a cursor of this list');
  return { offset: (after == null ? 0 : Number(after) + 1) + offset, limit: first };
}

/** The connection of a page that was read; an empty list has none. */
export function offsetPage<Row>({ offset }: Span, page: RowPage<Row> | undefined): Page<Row> {
  const { results, totalCount } = page ?? { results: [], totalCount: 0 };
  const edges = results.map((node, index) => ({ cursor: String(offset + index), node }));
  return {
    edges,
    totalCount: () => Promise.resolve(totalCount),
    pageInfo: {
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
      hasPreviousPage: offset > 0 && totalCount > 0,
      hasNextPage: offset + results.length < totalCount,
    },
  };
}
