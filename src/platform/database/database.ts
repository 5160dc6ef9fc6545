import type BetterSqlite3 from 'better-sqlite3';
import type { Prisma, PrismaClient } from '../../generated/sqlite/client.ts';
import type { Transact } from './sql.ts';
import type { StatementListener } from './statements.ts';
import { type Engine, engineOf } from './url.ts';

/** One open database: the Prisma client and what a server needs beside it. */
export interface Database {
  /** Typed by the SQLite client; the PostgreSQL client is made from the same models. */
  readonly db: PrismaClient;
  readonly engine: Engine;
  /**
   * Rows of one hand-written SELECT, straight from the driver and outside of any transaction: for the
   * few hot reads, as Prisma's client takes several times what such a statement takes. Parameters may be
   * Dates and booleans. Values are texts, numbers and null (`tableRows` converts those of a table); a
   * `count(*)` may come as a text. Errors are the driver's own.
   */
  read<Row>(query: Prisma.Sql): Promise<Row[]>;
  /**
   * A transaction of hand-written statements, straight from the driver, for the few hot writes. It
   * waits its turn like Prisma's. Parameters and values as in `read`.
   */
  readonly transact: Transact;
  /** The connection that writes, for work that Prisma cannot do; null on PostgreSQL. */
  readonly sqlite: BetterSqlite3.Database | null;
  /** Resolves when the database answers, rejects when it does not. */
  ping(): Promise<void>;
  /**
   * True once after another process has committed to the same SQLite file, so that what was cached
   * from it can be dropped. Takes microseconds. Always false on PostgreSQL.
   */
  changedElsewhere(): boolean;
  /** Calls `listener` after every statement; the answer stops it. */
  onStatement(listener: StatementListener): () => void;
  /** Writes a consistent copy while serving: an SQLite file, or pg_dump's custom format. */
  backup(file: string): Promise<void>;
  /** Ends open transactions and connections; the object is of no use afterwards. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  onStatement?: StatementListener;
  /** Connections to PostgreSQL; 10 unless given. */
  poolSize?: number;
  /** When PostgreSQL gives up on one statement; 15,000 unless given. */
  statementTimeoutMs?: number;
  /** Called with each error of a connection to PostgreSQL that ended somebody's work. */
  onConnectionLost?: (error: Error) => void;
}

/**
 * Opens the database that `url` names (`file:…` or `postgresql://…`) and waits until it answers.
 * It must have been migrated (`migrateDatabase`). Throws a sentence without secrets when it cannot.
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const engine = engineOf(url);
  const database =
    engine === 'sqlite'
      ? await (await import('./sqlite/open.ts')).openSqlite(url, options)
      : await (await import('./postgresql/open.ts')).openPostgres(url, options);
  try {
    await database.ping();
    return database;
  } catch (cause) {
    await database.close();
    throw new Error(`The ${engine} database that DATABASE_URL names does not answer.`, { cause });
  }
}
