import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/platform/database/database.ts';
import { openFresh, person } from './support.ts';

test("another connection's commit is noticed once; one's own writes and transactions never", async () => {
  const database = await openFresh();
  if (database.engine !== 'sqlite') return expect(database.changedElsewhere()).toBe(false);
  const other = await openDatabase(database.url);
  expect(database.changedElsewhere()).toBe(false);

  await database.db.account.create({ data: person('own') });
  await database.db.$transaction(async (tx) => tx.account.create({ data: person('own too') }));
  expect(await database.db.account.count()).toBe(2);
  expect(database.changedElsewhere()).toBe(false);

  await other.db.account.create({ data: person('foreign') });
  expect(database.changedElsewhere()).toBe(true);
  expect(database.changedElsewhere()).toBe(false);
  await other.close();
});

test('asking costs microseconds', async () => {
  const database = await openFresh();
  const startedAt = performance.now();
  for (let asked = 0; asked < 1_000; asked += 1) database.changedElsewhere();
  expect(performance.now() - startedAt).toBeLessThan(500);
});
