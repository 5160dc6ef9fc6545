import type { Prisma } from '../../generated/sqlite/client.ts';

/**
 * Runs hand-written statements, so that a helper is written once: in a transaction straight at the driver
 * (`Database.transact`), or in one of Prisma's ({@link sqlOf}). Parameters may be Dates and booleans. Values are texts,
 * numbers and null, or what Prisma makes of them: read timestamps by `jsonSql(…).moment` or `tableRows`, counts by `Number`.
 */
export interface Sql {
  /** The rows of a SELECT, or those that a write returns. */
  rows<Row>(query: Prisma.Sql): Promise<Row[]>;
  /** Runs a write; returns how many rows it changed. */
  run(query: Prisma.Sql): Promise<number>;
}

/** A transaction of either kind. */
export type Transaction = Sql | Prisma.TransactionClient;

/** The statements of a transaction of either kind. */
export function sqlOf(tx: Transaction): Sql {
  if ('rows' in tx && 'run' in tx) return tx;
  const client = tx as Prisma.TransactionClient;
  return { rows: (query) => client.$queryRaw(query), run: (query) => client.$executeRaw(query) };
}

/** Runs `work` between BEGIN and COMMIT; what it throws is thrown on, after ROLLBACK. */
export type Transact = <Result>(work: (sql: Sql) => Promise<Result>) => Promise<Result>;
