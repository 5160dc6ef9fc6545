/** One SQL statement that has run, or failed. */
export interface Statement {
  sql: string;
  /** Wall-clock time; for BEGIN it includes the wait for the transaction's turn or connection. */
  durationMs: number;
  /** Whether it only marks a transaction (BEGIN, COMMIT, ROLLBACK, savepoints). */
  marksTransaction: boolean;
}

export type StatementListener = (statement: Statement) => void;

const transactionMark = /^\s*(BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\b/i;

/** Tells any number of listeners about statements; costs nothing while there are none. */
export class StatementLog {
  readonly #listeners = new Set<StatementListener>();

  add(listener: StatementListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs a statement and reports its time, whether it succeeds or not. */
  async time<T>(sql: string, run: () => Promise<T>): Promise<T> {
    if (this.#listeners.size === 0) return run();
    const startedAt = performance.now();
    try {
      return await run();
    } finally {
      const durationMs = performance.now() - startedAt;
      const statement = { sql, durationMs, marksTransaction: transactionMark.test(sql) };
      for (const listener of this.#listeners) listener(statement);
    }
  }
}
