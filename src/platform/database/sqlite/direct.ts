import type BetterSqlite3 from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { StatementLog } from '../statements.ts';
import type { Done, Run, Transact } from '../transact.ts';
import type { WriteLock } from './writeLock.ts';

const maxStatements = 500;

/** A parameter as the driver takes it; Prisma's adapter stores timestamps and booleans in the same form. */
function bindable(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace('Z', '+00:00');
  return typeof value === 'boolean' ? Number(value) : value;
}

/** Runs hand-written statements on a connection, each text prepared once; `log` is told of each. */
export function createDirect(
  handle: BetterSqlite3.Database,
  log: StatementLog,
): (query: Prisma.Sql) => Promise<Done<unknown>> {
  const prepared = new LRUCache<string, BetterSqlite3.Statement<unknown[]>>({ max: maxStatements });
  function run(sql: string, parameters: readonly unknown[]): Done<unknown> {
    const values = parameters.map(bindable);
    let statement = prepared.get(sql);
    if (!statement) {
      // Prisma's adapter has asked for BigInts on its connections.
      statement = handle.prepare<unknown[]>(sql).safeIntegers(false);
      prepared.set(sql, statement);
    }
    if (statement.reader) return { count: 0, rows: statement.all(values) };
    return { count: statement.run(values).changes, rows: [] };
  }

  return (query) => {
    // Once: each reading of the property puts the text together anew.
    const text = query.sql;
    return log.time(text, async () => run(text, query.values));
  };
}

/** Transactions of hand-written statements, in turn with Prisma's own. */
export function createTransact(lock: WriteLock, writer: BetterSqlite3.Database, log: StatementLog): Transact {
  const run = createDirect(writer, log);
  return async (work) => {
    const done = await log.time('BEGIN', () => lock.acquire(() => void writer.exec('BEGIN IMMEDIATE')));
    try {
      const result = await work(run as Run);
      await log.time('COMMIT', async () => writer.exec('COMMIT'));
      return result;
    } finally {
      // A COMMIT that failed must not leave its transaction to the next in turn.
      if (writer.inTransaction) writer.exec('ROLLBACK');
      done();
    }
  };
}
