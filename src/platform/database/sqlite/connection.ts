import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import BetterSqlite3 from 'better-sqlite3';
import { StatementCache } from './statementCache.ts';

/** One SQLite connection: Prisma's adapter for it, the handle below, and its prepared statements. */
export interface SqliteConnection {
  adapter: SqlDriverAdapter;
  handle: BetterSqlite3.Database;
  statements: StatementCache;
}

/** Settings that every connection to a Latchkey file has, the migrating one too. */
export function configure(handle: BetterSqlite3.Database): void {
  // Switching to WAL needs the file for itself; while other processes start too, it takes turns.
  handle.pragma('busy_timeout = 5000');
  handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = NORMAL');
  handle.pragma('foreign_keys = ON');
  handle.pragma('trusted_schema = OFF');
  handle.pragma('temp_store = MEMORY');
  handle.pragma(`cache_size = -${16 * 1024}`);
  handle.pragma(`mmap_size = ${128 * 1024 * 1024}`);
  handle.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
  // SQLite's own folds ASCII only: what begins with Ä would be sorted otherwise than by PostgreSQL and by our own code.
  handle.function('lower', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? text.toLowerCase() : text,
  );
}

/** Opens one connection to the file at `path`. */
export async function connectSqlite(path: string): Promise<SqliteConnection> {
  const adapter = await new PrismaBetterSqlite3({ url: path }).connect();
  // The adapter has no public way to its handle. The library is pinned and a test watches this.
  const inside = adapter as SqlDriverAdapter & { client: unknown };
  const handle = inside.client;
  if (!(handle instanceof BetterSqlite3)) throw new Error('@prisma/adapter-better-sqlite3 has changed.');
  configure(handle);
  const statements = new StatementCache(handle);
  inside.client = statements;
  return { adapter, handle, statements };
}
