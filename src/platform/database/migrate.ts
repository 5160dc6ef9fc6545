import { readMigrations } from './migrations/files.ts';
import { engineOf, pathOf } from './url.ts';

/**
 * Brings the database at `url` to the state of this version: applies the migrations that
 * `_prisma_migrations` does not record yet, and answers their names. Any number of processes may
 * call it at once. Throws MigrationError when the database is of a newer version, was half-migrated,
 * or when an applied migration has been changed; then nothing of the failing migration is kept.
 * `folder` holds a folder for each engine. `onPending` is called with the number of missing migrations before the
 * first of them.
 */
export async function migrateDatabase(
  url: string,
  folder?: string,
  onPending: (count: number) => void = () => {},
): Promise<string[]> {
  const engine = engineOf(url);
  const migrations = readMigrations(engine, folder);
  if (engine === 'sqlite')
    return (await import('./migrations/sqlite.ts')).migrateSqlite(pathOf(url), migrations, onPending);
  return (await import('./migrations/postgresql.ts')).migratePostgres(url, migrations, onPending);
}
