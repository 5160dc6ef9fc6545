import type { PrismaClient } from '../../generated/sqlite/client.ts';
import type { KeysetPage } from './keyset.ts';

/** A row that an account owns, without secrets, by the names that the graph has for its columns. */
export type ExportedRow = { readonly id: string | number } & Readonly<Record<string, unknown>>;

/** One kind of rows that an account owns. However many there are, no more than a page is ever in memory. */
export interface ExportSection {
  /** What the rows are, such as `bins`. */
  readonly name: string;
  /** What the cursors, which are ids, look like; UUIDs unless given. */
  readonly cursors?: RegExp;
  readonly count: (db: PrismaClient) => Promise<number>;
  readonly rows: (db: PrismaClient, page: KeysetPage) => Promise<ExportedRow[]>;
}

/** The cursors of rows whose ids are whole numbers. */
export const wholeNumbers = /^[1-9]\d{0,8}$/;

/** A page of rows whose ids are whole numbers. */
export function numbered({ where: { id }, ...page }: KeysetPage) {
  return {
    ...page,
    id: { ...(id.gt && { gt: Number(id.gt) }), ...(id.lt && { lt: Number(id.lt) }) },
  };
}
