import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrateDatabase } from '../../src/platform/database/migrate.ts';
import { readMigrations } from '../../src/platform/database/migrations/files.ts';
import type { Engine } from '../../src/platform/database/url.ts';

/** An own, migrated and empty database for one test file. */
export interface FreshDatabase {
  url: string;
  engine: Engine;
  /** Removes it; close what has it open first. */
  drop(): Promise<void>;
}

/** Where databases are made on PostgreSQL; undefined when the tests run on SQLite. */
export const postgresServer = process.env.LATCHKEY_TEST_DATABASE_URL;

/** Changes with the migrations, so that a template of older ones is not used again. */
const version = (engine: Engine) => {
  const checksums = readMigrations(engine).map(({ checksum }) => checksum);
  return createHash('sha256').update(checksums.join()).digest('hex').slice(0, 12);
};

/** A new database by copying a migrated template: on PostgreSQL when LATCHKEY_TEST_DATABASE_URL is set, else SQLite. */
export const freshDatabase = (): Promise<FreshDatabase> =>
  postgresServer ? newPostgres(postgresServer, true) : newSqlite(true);

/** A new database in which nothing has been migrated. */
export const emptyDatabase = (): Promise<FreshDatabase> =>
  postgresServer ? newPostgres(postgresServer, false) : newSqlite(false);

async function newSqlite(migrated: boolean): Promise<FreshDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'));
  if (migrated) copyFileSync(await sqliteTemplate(), join(folder, 'test.db'));
  return {
    url: `file:${join(folder, 'test.db')}`,
    engine: 'sqlite',
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function sqliteTemplate(): Promise<string> {
  const template = join(tmpdir(), `latchkey-template-${version('sqlite')}.db`);
  if (!existsSync(template)) {
    const unfinished = `${template}.${randomUUID()}`;
    await migrateDatabase(`file:${unfinished}`);
    renameSync(unfinished, template);
  }
  return template;
}

async function newPostgres(server: string, migrated: boolean): Promise<FreshDatabase> {
  const name = `latchkey_test_${process.pid}_${randomUUID().slice(0, 8)}`;
  await onServer(server, async (client) => {
    if (!migrated) return void (await client.query(`CREATE DATABASE "${name}"`));
    // One at a time: a template must be complete, and must have no connection, while it is copied.
    await client.query(`SELECT pg_advisory_lock(hashtext('latchkey_template'))`);
    const template = await postgresTemplate(client, server);
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  });
  const drop = () =>
    onServer(server, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    });
  return { url: named(server, name), engine: 'postgresql', drop };
}

async function postgresTemplate(client: pg.Client, server: string): Promise<string> {
  const template = `latchkey_template_${version('postgresql')}`;
  const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (known.rowCount !== 0) return template;
  const unfinished = `${template}_unfinished`;
  await client.query(`DROP DATABASE IF EXISTS "${unfinished}" WITH (FORCE)`);
  await client.query(`CREATE DATABASE "${unfinished}"`);
  await migrateDatabase(named(server, unfinished));
  await client.query(`ALTER DATABASE "${unfinished}" RENAME TO "${template}"`);
  return template;
}

function named(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer(server: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
