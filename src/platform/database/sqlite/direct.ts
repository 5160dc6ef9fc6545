import type BetterSqlite3 from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { Sql, Transact } from '../sql.ts';
import type { StatementLog } from '../statements.ts';
import type { WriteLock } from './writeLock.ts';

const maxStatements = 500;

/** A parameter as the driver takes it; Prisma's adapter stores timestamps and booleans in the same form. */
function bindable(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace('Z', '+00:00');
  return typeof value === 'boolean' ? Number(value) : value;
}

/** Runs hand-written statements on a connection, each text prepared once; `log` is told of each. */
export function createDirect(handle: BetterSqlite3.Database, log: StatementLog): Sql {
  const prepared = new LRUCache<string, BetterSqlite3.Statement<unknown[]>>({ max: maxStatements });

  function prepare(text: string): BetterSqlite3.Statement<unknown[]> {
    let statement = prepared.get(text);
    if (!statement) {
      // Prisma's adapter has asked for BigInts on its connections.
      statement = handle.prepare<unknown[]>(text).safeIntegers(false);
      prepared.set(text, statement);
    }
    return statement;
  }

  return {
    rows<Row>({ sql: text, values }: Prisma.Sql) {
      return log.time(text, async () => {
        const statement = prepare(text);
        const parameters = values.map(bindable);
        if (statement.reader) return statement.all(parameters) as Row[];
        statement.run(parameters);
        return [];
      });
    },
    run({ sql: text, values }) {
      return log.time(text, async () => {
        const statement = prepare(text);
        const parameters = values.map(bindable);
        return statement.reader ? statement.all(parameters).length : statement.run(parameters).changes;
      });
    },
  };
}

/** Transactions of hand-written statements, in turn with Prisma's own. */
export function createTransact(lock: WriteLock, writer: BetterSqlite3.Database, log: StatementLog): Transact {
  const sql = createDirect(writer, log);
  return async (work) => {
    const done = await log.time('BEGIN', () => lock.acquire(() => void writer.exec('BEGIN IMMEDIATE')));
    try {
      const result = await work(sql);
      await log.time('COMMIT', async () => writer.exec('COMMIT'));
      return result;
    } finally {
      // A COMMIT that failed must not leave its transaction to the next in turn.
      if (writer.inTransaction) writer.exec('ROLLBACK');
      done();
    }
  };
}
