import type BetterSqlite3 from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { StatementLog } from '../statements.ts';
import type { Done, Run, Transact } from '../transact.ts';
import type { SqliteAdapter } from './adapter.ts';

const maxStatements = 500;

/** Runs hand-written statements on a connection, each text prepared once. */
export function createDirect(handle: BetterSqlite3.Database): (query: Prisma.Sql) => Done<unknown> {
  const prepared = new LRUCache<string, BetterSqlite3.Statement<unknown[]>>({ max: maxStatements });
  return ({ sql, values }) => {
    let statement = prepared.get(sql);
    if (!statement) {
      // Prisma's adapter has asked for BigInts on its connections.
      statement = handle.prepare<unknown[]>(sql).safeIntegers(false);
      prepared.set(sql, statement);
    }
    if (statement.reader) return { count: 0, rows: statement.all(values) };
    return { count: statement.run(values).changes, rows: [] };
  };
}

/** Transactions of hand-written statements, in turn with Prisma's own. */
export function createTransact(
  adapter: SqliteAdapter,
  writer: BetterSqlite3.Database,
  log: StatementLog,
): Transact {
  const direct = createDirect(writer);
  const run = (query: Prisma.Sql) => log.time(query.sql, async () => direct(query));
  return async (work) => {
    const transaction = await log.time('BEGIN', () => adapter.startTransaction());
    try {
      const result = await work(run as Run);
      await log.time('COMMIT', async () => writer.exec('COMMIT'));
      return result;
    } finally {
      // Ends the turn; what was not committed is rolled back by it.
      await transaction.rollback();
    }
  };
}
