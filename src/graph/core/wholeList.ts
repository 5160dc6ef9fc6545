import { resolveCursorConnection } from '@pothos/plugin-relay';
import { invalid } from '../../errors/issues.ts';
import { checkPageSize, defaultPageSize, type Page, type PageArgs } from './keyset.ts';

/** The largest `first` or `last` of a list that is read whole whatever the page. */
export const maxWholeList = 10_000;

/**
 * A Relay connection over rows that are all there already: lists that are short, or that are read whole
 * because their order or their counts need it. Below a list,
 * `batched` or `perParent` reads the rows. The cursor is what `cursorOf` tells of a row.
 * Throws INVALID_INPUT for a `first` or `last` outside 0 to {@link maxWholeList}, and for a cursor that no row has.
 */
export async function wholeList<Row>(
  args: PageArgs,
  rows: readonly Row[],
  cursorOf: (row: Row) => string,
): Promise<Page<Row>> {
  checkPageSize(args, maxWholeList);
  const placeOf = (name: 'after' | 'before', cursor: string) => {
    const place = rows.findIndex((row) => cursorOf(row) === cursor);
    if (place < 0) throw invalid(name, 'format', 'is not a cursor of this list');
    return place;
  };
  const from = args.after == null ? 0 : placeOf('after', args.after) + 1;
  const to = args.before == null ? rows.length : placeOf('before', args.before);
  const page = await resolveCursorConnection(
    { args, defaultSize: defaultPageSize, maxSize: maxWholeList, toCursor: (row) => cursorOf(row as Row) },
    ({ limit, inverted }) => {
      const part = rows.slice(from, to);
      return (inverted ? part.reverse() : part).slice(0, limit);
    },
  );
  return { ...(page as Omit<Page<Row>, 'totalCount'>), totalCount: async () => rows.length };
}
