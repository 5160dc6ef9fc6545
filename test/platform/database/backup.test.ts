import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openFresh, person } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a backup made while accounts are written is whole and holds only committed rows', async () => {
  const database = await openFresh();
  const file = join(folder, 'backup');
  const { db } = database;
  const name = 'long '.repeat(2_000);
  await db.account.createMany({
    data: Array.from({ length: 300 }, (_, index) => ({ ...person(`n${index}`), name })),
  });
  let finished = false;
  const writing = (async () => {
    for (let index = 0; !finished; index += 1) {
      await db.$transaction(async (tx) => {
        await tx.account.create({ data: person(`left${index}`) });
        await tx.account.create({ data: person(`right${index}`) });
      });
      // SQLite answers without I/O of Node's: without this, the loop would let nothing else run.
      await setImmediate();
    }
  })();
  await database.backup(file);
  finished = true;
  await writing;
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(existsSync(`${file}.unfinished`)).toBe(false);
  if (database.engine === 'postgresql') {
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('PGDMP');
    expect(execFileSync('pg_restore', ['--list', file], { encoding: 'utf8' })).toContain(
      'TABLE DATA public Account',
    );
    return;
  }
  const copy = new BetterSqlite3(file);
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  const count = copy.prepare('SELECT count(*) FROM Account').pluck().get() as number;
  expect(count).toBeGreaterThanOrEqual(300);
  expect(count % 2).toBe(0);
  copy.close();
});

test('a backup that fails leaves nothing behind', async () => {
  const database = await openFresh();
  const file = join(folder, 'occupied');
  mkdirSync(join(file, 'by a folder'), { recursive: true });
  await expect(database.backup(file)).rejects.toThrow();
  expect(existsSync(`${file}.unfinished`)).toBe(false);
});
