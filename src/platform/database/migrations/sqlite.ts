import { randomUUID } from 'node:crypto';
import BetterSqlite3 from 'better-sqlite3';
import { ConfigError } from '../../../config/config.ts';
import { createFile } from '../file.ts';
import { configure } from '../sqlite/connection.ts';
import type { Migration } from './files.ts';
import { type AppliedMigration, MigrationError, pendingMigrations } from './history.ts';

/** As Prisma's schema engine makes it. */
const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/**
 * Applies the missing migrations to the file at `path`, each in its own transaction. Returns their names. Throws
 * ConfigError when the file is none of SQLite's, or cannot be opened.
 */
export function migrateSqlite(
  path: string,
  migrations: Migration[],
  onPending: (count: number) => void,
): string[] {
  const database = open(path);
  try {
    // Prisma's scripts rebuild a table by dropping the old one, and switch foreign keys off for it.
    // Inside a transaction that switch does nothing, and the drop would delete all dependent rows.
    database.pragma('foreign_keys = OFF');
    const applied: string[] = [];
    const pending = pendingMigrations(migrations, history(database));
    if (pending.length === 0) return applied;
    onPending(pending.length);
    const applyNext = database.transaction(() => {
      // Read again: BEGIN IMMEDIATE may have waited for another process that did the work.
      const [next] = pendingMigrations(migrations, history(database));
      if (next) apply(database, next);
      return next;
    }).immediate;
    for (let next = applyNext(); next; next = applyNext()) applied.push(next.name);
    return applied;
  } finally {
    database.close();
  }
}

function open(path: string): BetterSqlite3.Database {
  let database: BetterSqlite3.Database | undefined;
  try {
    createFile(path);
    database = new BetterSqlite3(path);
    configure(database);
    return database;
  } catch (error) {
    database?.close();
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError('DATABASE_URL', `names an SQLite file that cannot be used: ${path} (${code})`);
  }
}

function history(database: BetterSqlite3.Database): AppliedMigration[] {
  const table = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`;
  if (!database.prepare(table).get()) return [];
  return database.prepare<[], AppliedMigration>('SELECT * FROM "_prisma_migrations"').all();
}

function apply(database: BetterSqlite3.Database, { name, sql, checksum }: Migration) {
  const startedAt = timestamp();
  try {
    database.exec(sql);
  } catch (cause) {
    throw new MigrationError(`Migration ${name} failed: ${(cause as Error).message}`, { cause });
  }
  const [violation] = database.pragma('foreign_key_check') as { table: string }[];
  if (violation)
    throw new MigrationError(`Migration ${name} leaves dangling references in ${violation.table}.`);
  database.exec(historyTable);
  database
    .prepare(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (?, ?, ?, ?, ?, 1)`,
    )
    .run(randomUUID(), checksum, name, startedAt, timestamp());
}

/** In the form in which Prisma stores a DateTime. */
const timestamp = () => new Date().toISOString().replace('Z', '+00:00');
