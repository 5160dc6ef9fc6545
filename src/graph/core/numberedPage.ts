import { Issues } from '../../errors/issues.ts';
import { builder } from './builder.ts';

/** The largest page of a numbered list. */
export const maxNumberedPageSize = 100;
/** The page size unless one is given. */
export const defaultNumberedPageSize = 20;
/** Pages beyond are refused: nobody reads there, and skipping rows costs. */
export const maxPageNumber = 1_000_000;

/** The arguments of a list whose documented pages have numbers, where cursors would not serve. */
export const numberedPageArgs = builder.args((t) => ({
  page: t.int({ required: true, defaultValue: 1, description: 'From 1.' }),
  pageSize: t.int({
    required: true,
    defaultValue: defaultNumberedPageSize,
    description: `At most ${maxNumberedPageSize}.`,
  }),
}));

/** One page, and how much there is in all. */
export interface NumberedPage<Row> {
  readonly totalCount: number;
  readonly nodes: Row[];
}

/** What to skip and take for a page. Throws INVALID_INPUT for a page or size that is out of bounds. */
export function numberedPage({ page, pageSize }: { page: number; pageSize: number }): {
  skip: number;
  take: number;
} {
  const issues = new Issues();
  if (page < 1 || page > maxPageNumber) issues.add('page', 'range', `must be between 1 and ${maxPageNumber}`);
  if (pageSize < 1 || pageSize > maxNumberedPageSize) {
    issues.add('pageSize', 'range', `must be between 1 and ${maxNumberedPageSize}`);
  }
  issues.throwIfAny();
  return { skip: (page - 1) * pageSize, take: pageSize };
}
