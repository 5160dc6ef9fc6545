import { readMigrations } from './migrations/files.ts';
import { engineOf, pathOf } from './url.ts';

/**
 * Brings the database at `url` to the state of this version: applies the migrations that
 * `_prisma_migrations` does not record yet, and answers their names. Any number of processes may
 * call it at once. Throws MigrationError when the database is of a newer version, was half-migrated,
 * or when an applied migration has been changed; then nothing of the failing migration is kept.
 * `folder` holds a folder for each engine.
 */
export async function migrateDatabase(url: string, folder?: string): Promise<string[]> {
  const engine = engineOf(url);
  const migrations = readMigrations(engine, folder);
  if (engine === 'sqlite')
    return (await import('./migrations/sqlite.ts')).migrateSqlite(pathOf(url), migrations);
  return (await import('./migrations/postgresql.ts')).migratePostgres(url, migrations);
}
