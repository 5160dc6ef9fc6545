import pg from 'pg';
import { openDatabase } from '../../src/platform/database/database.ts';
import { migrateDatabase } from '../../src/platform/database/migrate.ts';
import type { Ground } from '../harness/seed.ts';

async function onServer(server: string, sql: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Makes a migrated database on a PostgreSQL server, lets `work` use it and drops it. `file` is its URL. */
export async function withPostgresGround<Result>(
  folder: string,
  server: string,
  work: (ground: Ground) => Promise<Result>,
): Promise<Result> {
  const name = `latchkey_bench_${process.pid}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await onServer(server, `CREATE DATABASE "${name}"`);
  try {
    await migrateDatabase(url.href);
    const database = await openDatabase(url.href);
    const env = { DATABASE_URL: url.href, DATA_DIR: folder, DISABLE_RATE_LIMIT: 'true', TUNNEL_PORT: '0' };
    try {
      return await work({ file: url.href, env, database });
    } finally {
      await database.close();
    }
  } finally {
    await onServer(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  }
}
