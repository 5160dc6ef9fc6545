import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../src/graph/core/newId.ts';
import { openDatabase } from '../../../src/platform/database/database.ts';
import { migrateDatabase } from '../../../src/platform/database/migrate.ts';
import { migrationsFolder, readMigrations } from '../../../src/platform/database/migrations/files.ts';
import { runChild } from '../../support/child.ts';
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { person } from './support.ts';

const base = mkdtempSync(join(tmpdir(), 'latchkey-migrate-'));
const databases: FreshDatabase[] = [];
const known = readMigrations('sqlite').map(({ name }) => name);
let folder = '';

/** Writes one more migration, for both engines. */
function addMigration(name: string, sql: string) {
  for (const engine of ['sqlite', 'postgresql']) {
    mkdirSync(join(folder, engine, name), { recursive: true });
    writeFileSync(join(folder, engine, name, 'migration.sql'), sql);
  }
}

async function using(make: () => Promise<FreshDatabase>) {
  const database = await make();
  databases.push(database);
  return database;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const { db, close } = await openDatabase(url);
  try {
    return await db.$queryRawUnsafe(sql);
  } finally {
    await close();
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(base, 'migrations-'));
  cpSync(migrationsFolder, folder, { recursive: true });
});
afterAll(async () => {
  for (const database of databases) await database.drop();
  rmSync(base, { recursive: true, force: true });
});

describe('an empty database', () => {
  test('gets all migrations once, and serves', async () => {
    const { url } = await using(emptyDatabase);
    expect(await migrateDatabase(url)).toEqual(known);
    expect(await migrateDatabase(url)).toEqual([]);
    expect(await query(url, 'SELECT id FROM "Account"')).toEqual([]);
  });

  test('gets each migration once when many processes start together', async () => {
    const { url } = await using(emptyDatabase);
    const child = new URL('./migrateChild.ts', import.meta.url);
    const answers = await Promise.all([1, 2, 3, 4].map(() => runChild(child, url)));
    expect(answers.flatMap((answer) => JSON.parse(answer)).sort()).toEqual(known);
    expect(await query(url, 'SELECT migration_name FROM _prisma_migrations')).toHaveLength(known.length);
  }, 60_000);
});

test('a later migration is applied to what is there, and recorded as Prisma records it', async () => {
  const { url } = await using(freshDatabase);
  addMigration(
    '99990101000000_more',
    'CREATE TABLE "more" ("id" INTEGER); CREATE TABLE "evenMore" ("id" INTEGER);',
  );
  expect(await migrateDatabase(url, folder)).toEqual(['99990101000000_more']);
  const sql = `SELECT checksum, finished_at, rolled_back_at, logs, applied_steps_count, started_at
    FROM _prisma_migrations WHERE migration_name = '99990101000000_more'`;
  expect(await query(url, sql)).toEqual([
    {
      checksum: readMigrations('sqlite', folder).at(-1)?.checksum,
      finished_at: expect.any(Date),
      started_at: expect.any(Date),
      rolled_back_at: null,
      logs: null,
      applied_steps_count: expect.anything(),
    },
  ]);
});

test('rebuilding a table, as Prisma does on SQLite, keeps the rows that depend on it', async () => {
  const { url, engine } = await using(freshDatabase);
  if (engine !== 'sqlite') return;
  const { db, close } = await openDatabase(url);
  await db.account.create({
    data: {
      ...person('a'),
      apiKeys: { create: { id: newId(), format: 'BINBOI', name: 'k', prefix: 'p', hash: 'h' } },
    },
  });
  await close();
  const [table] = await query(url, `SELECT sql FROM sqlite_master WHERE name = 'Account'`);
  const rebuilt = String(table?.sql).replace('"Account"', '"new_Account"');
  addMigration(
    '99990101000000_rebuild',
    `PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF;
     ${rebuilt}; INSERT INTO "new_Account" SELECT * FROM "Account"; DROP TABLE "Account";
     ALTER TABLE "new_Account" RENAME TO "Account";
     PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;`,
  );
  await migrateDatabase(url, folder);
  expect(await query(url, 'SELECT name FROM "ApiKey"')).toEqual([{ name: 'k' }]);
});

describe('the start is stopped', () => {
  test('by a migration that fails, of which nothing is kept; repaired, it is applied', async () => {
    const { url } = await using(freshDatabase);
    addMigration('99990101000000_bad', 'CREATE TABLE "half" ("id" INTEGER); SELECT nonsense FROM nowhere;');
    await expect(migrateDatabase(url, folder)).rejects.toThrow(
      /^Migration 99990101000000_bad failed: .*nowhere/,
    );
    addMigration('99990101000000_bad', 'CREATE TABLE "half" ("id" INTEGER);');
    expect(await migrateDatabase(url, folder)).toEqual(['99990101000000_bad']);
  });

  test('by an applied migration whose file has changed', async () => {
    const { url } = await using(freshDatabase);
    addMigration(known[0] ?? '', '-- other');
    await expect(migrateDatabase(url, folder)).rejects.toThrow('has been changed after it was applied');
  });

  test('by a migration that this version does not know', async () => {
    const { url } = await using(freshDatabase);
    addMigration('99990101000000_newer', 'CREATE TABLE "newer" ("id" INTEGER);');
    await migrateDatabase(url, folder);
    await expect(migrateDatabase(url)).rejects.toThrow('which this version does not know');
  });

  test("by a migration that Prisma's command line left half done, until it is resolved", async () => {
    const { url } = await using(freshDatabase);
    await query(url, `UPDATE _prisma_migrations SET finished_at = NULL RETURNING id`);
    await expect(migrateDatabase(url)).rejects.toThrow('failed earlier');
  });

  test('by references that a migration leaves dangling', async () => {
    const { url, engine } = await using(freshDatabase);
    if (engine !== 'sqlite') return;
    addMigration(
      '99990101000000_dangling',
      `INSERT INTO "RefreshToken" (id, sessionId, hash, expiresAt) VALUES ('r', 'none', 'h', '2030-01-01')`,
    );
    await expect(migrateDatabase(url, folder)).rejects.toThrow('dangling references in RefreshToken');
    expect(await query(url, 'SELECT id FROM "RefreshToken"')).toEqual([]);
  });
});
