import type { Prisma } from '../../generated/sqlite/client.ts';

/** What a hand-written statement did. */
export interface Done<Row> {
  /** Rows that it changed. */
  readonly count: number;
  /** Rows that it answered. */
  readonly rows: Row[];
}

/** Runs one statement of a transaction. */
export type Run = <Row = never>(query: Prisma.Sql) => Promise<Done<Row>>;

/** Runs `work` between BEGIN and COMMIT; what it throws is thrown on, after ROLLBACK. */
export type Transact = <Result>(work: (run: Run) => Promise<Result>) => Promise<Result>;
