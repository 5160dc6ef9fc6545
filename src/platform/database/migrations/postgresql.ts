import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ConfigError } from '../../../config/config.ts';
import type { Migration } from './files.ts';
import { type AppliedMigration, MigrationError, pendingMigrations } from './history.ts';

/** The lock that Prisma's command line takes too, so that the two exclude each other. */
const prismaLock = 72707369;

/** As Prisma's schema engine makes it. */
const historyTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies the missing migrations to the database at `url`, each in its own transaction. Returns their names.
 * Throws ConfigError when there is no such database.
 */
export async function migratePostgres(
  url: string,
  migrations: Migration[],
  onPending: (count: number) => void,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Without a listener a connection that breaks between two statements ends the process; the next statement rejects.
  client.on('error', () => {});
  await client.connect().catch((error: unknown) => {
    throw new ConfigError('DATABASE_URL', `names a PostgreSQL that cannot be used (${reasonOf(error)})`);
  });
  try {
    const applied: string[] = [];
    const pending = pendingMigrations(migrations, await history(client));
    if (pending.length === 0) return applied;
    onPending(pending.length);
    await client.query(`SET lock_timeout = '60s'`);
    await client.query('SELECT pg_advisory_lock($1)', [prismaLock]);
    for (const migration of pendingMigrations(migrations, await history(client))) {
      await apply(client, migration);
      applied.push(migration.name);
    }
    return applied;
  } finally {
    // The lock belongs to the connection and goes with it.
    await client.end();
  }
}

/** The server's own words, such as that there is no such database, else the code of the socket. Neither holds a secret. */
function reasonOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

async function history(client: pg.Client): Promise<AppliedMigration[]> {
  const table = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`);
  if (table.rows[0].name === null) return [];
  return (await client.query('SELECT * FROM _prisma_migrations')).rows;
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration) {
  await client.query('BEGIN');
  try {
    const { rows } = await client.query('SELECT clock_timestamp() AS now');
    await client.query(sql);
    await client.query(historyTable);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name, rows[0].now],
    );
    await client.query('COMMIT');
  } catch (cause) {
    // Fails when the connection is lost, which has then rolled back as well.
    await client.query('ROLLBACK').catch(() => {});
    throw new MigrationError(`Migration ${name} failed: ${(cause as Error).message}`, { cause });
  }
}
