import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newId } from '../../../src/graph/core/newId.ts';
import { openDatabase } from '../../../src/platform/database/database.ts';
import { migrateDatabase } from '../../../src/platform/database/migrate.ts';
import { openFresh, person } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the folder and the file are made when there are none, readable by their owner only', async () => {
  const file = join(folder, 'deep', 'er', 'latchkey.db');
  await migrateDatabase(`file:${file}`);
  const database = await openDatabase(`file:${file}`);
  await database.db.account.create({ data: person('a') });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  await database.close();
});

test('both SQLite connections have the settings that safety and speed need', async () => {
  const database = await openDatabase(`file:${join(folder, 'settings.db')}`);
  const read = async (pragma: string) =>
    Object.values((await database.db.$queryRawUnsafe<object[]>(pragma))[0] ?? {});
  for (const [pragma, value] of [
    ['journal_mode', 'wal'],
    ['synchronous', 1],
    ['foreign_keys', 1],
  ] as const) {
    expect(database.sqlite?.pragma(pragma, { simple: true })).toEqual(
      typeof value === 'number' ? BigInt(value) : value,
    );
    expect(
      (await read(`PRAGMA ${pragma}`)).map((found) => (typeof found === 'bigint' ? Number(found) : found)),
    ).toEqual([value]);
  }
  await database.close();
});

test.each([
  'mysql://x/y',
  'file:',
  'file::memory:',
  'postgresql://h/db?schema=other',
  'nonsense',
])('a URL that cannot be served is refused in a sentence: %s', async (url) => {
  await expect(openDatabase(url)).rejects.toThrow(/^DATABASE_URL must /);
});

test('a server that does not answer stops the start without showing the password', async () => {
  const failure = openDatabase('postgresql://someone:hidden-word@127.0.0.1:1/none');
  await expect(failure).rejects.toThrow('The postgresql database that DATABASE_URL names does not answer.');
  await expect(failure).rejects.not.toThrow('hidden-word');
});

test('an error of the database does not repeat the values of the query', async () => {
  const { db } = await openFresh();
  await db.account.create({ data: person('known') });
  await expect(db.account.create({ data: person('known') })).rejects.not.toThrow('known@example.com');
});

test('a value of every kind comes back as it went in, on first use and from the prepared statement', async () => {
  const { db } = await openFresh();
  const createdAt = new Date('2024-02-29T12:34:56.789Z');
  const { id } = await db.account.create({
    data: { ...person('É𝄞'), createdAt, administrator: true },
  });
  const made = { id: newId(), accountId: id, subdomain: 's', target: 't', bytesOut: 2n ** 53n + 1n };
  const tunnel = await db.tunnel.create({ data: made });
  for (const _ of [1, 2]) {
    expect(await db.account.findUnique({ where: { id } })).toMatchObject({
      name: 'É𝄞',
      createdAt,
      administrator: true,
      userName: null,
    });
    expect(await db.tunnel.findUnique({ where: { id: tunnel.id } })).toMatchObject(made);
  }
});
