import type BetterSqlite3 from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Prisma } from '../../../generated/sqlite/client.ts';

const maxStatements = 500;

/** Runs hand-written reads on the connection that only reads, each text prepared once. */
export function createReads(reader: BetterSqlite3.Database): (query: Prisma.Sql) => unknown[] {
  const prepared = new LRUCache<string, BetterSqlite3.Statement<unknown[]>>({ max: maxStatements });
  return ({ sql, values }) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = reader.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement.all(values);
  };
}
