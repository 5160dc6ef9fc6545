// `npm run db:check` fails when models and migrations have drifted apart. It compares the snapshot
// with the models; then it migrates new databases as the server does and asks Prisma's engine whether
// they equal the models, and whether it agrees with what was recorded. PostgreSQL takes part in the
// second when LATCHKEY_TEST_DATABASE_URL names a server that lets us make databases.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import '../test/support/typescriptLoader.mjs';
import { engines, readMigrations, readModels, readSnapshot } from './lib/models.mjs';
import { driftOf, historyComplaint, migrationBetween } from './lib/schema-engine.mjs';

const { migrateDatabase } = await import('../src/platform/database/migrate.ts');
const server = process.env.LATCHKEY_TEST_DATABASE_URL;
const models = readModels();
const problems = [];
const report = (what, found) => found !== null && problems.push(`${what}\n${found}`);

for (const engine of engines) {
  const sql = await migrationBetween(engine, readSnapshot(), models);
  report(`${engine}: the models have changed since the last migration; run npm run db:migration.`, sql);
}
const histories = engines.map((engine) => readMigrations(engine).map(({ name }) => name));
if (new Set(histories.map(String)).size > 1) problems.push('The engines have migrations of different names.');
await withSqlite((url) => check('sqlite', url));
if (server) await withPostgres(server, (url) => check('postgresql', url));

if (problems.length > 0) {
  console.error(problems.join('\n\n'));
  process.exit(1);
}
console.log(`Models and migrations agree on ${server ? engines.join(' and ') : 'sqlite'}.`);

async function check(engine, url) {
  await migrateDatabase(url);
  report(`${engine}: the migrations make something else.`, await driftOf(engine, url, models));
  report(`${engine}: Prisma disagrees with the recorded history.`, await historyComplaint(engine, url));
}

async function withSqlite(use) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-check-'));
  try {
    await use(`file:${join(folder, 'check.db')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withPostgres(serverUrl, use) {
  const name = `latchkey_check_${process.pid}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client(serverUrl);
  await client.connect();
  try {
    await client.query(`CREATE DATABASE "${name}"`);
    await use(url.href);
  } finally {
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.end();
  }
}
