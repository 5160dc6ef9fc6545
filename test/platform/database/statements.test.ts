import { expect, test } from 'vitest';
import type { Statement } from '../../../src/platform/database/statements.ts';
import { openFresh, person } from './support.ts';

async function recorded() {
  const statements: Statement[] = [];
  const database = await openFresh({ onStatement: (statement) => statements.push(statement) });
  statements.length = 0;
  return { ...database, statements };
}

test('every statement is reported once, with its SQL and the time it took', async () => {
  const { db, statements } = await recorded();
  await db.account.findMany();
  expect(statements).toHaveLength(1);
  expect(statements[0]?.sql).toContain('Account');
  expect(statements[0]?.durationMs).toBeGreaterThan(0);
});

test('what opens and ends a transaction can be told from the work in it', async () => {
  const { db, statements } = await recorded();
  await db.$transaction(async (tx) => tx.account.create({ data: person('a') }));
  const marks = statements.filter(({ marksTransaction }) => marksTransaction).map(({ sql }) => sql);
  expect(marks).toEqual(['BEGIN', 'COMMIT']);
  expect(statements.filter(({ marksTransaction }) => !marksTransaction)).toHaveLength(1);
});

test('a rolled back transaction is reported as such', async () => {
  const { db, statements } = await recorded();
  await db
    .$transaction(async () => {
      throw new Error('no');
    })
    .catch(() => {});
  expect(statements.map(({ sql }) => sql)).toEqual(['BEGIN', 'ROLLBACK']);
});

test('a statement that fails is reported too', async () => {
  const { db, statements } = await recorded();
  await db.account.create({ data: person('a') });
  statements.length = 0;
  await expect(db.account.create({ data: person('a') })).rejects.toMatchObject({ code: 'P2002' });
  expect(statements).toHaveLength(1);
});

test('a listener that was taken away hears no more', async () => {
  const { db, onStatement } = await recorded();
  let heard = 0;
  const stop = onStatement(() => {
    heard += 1;
  });
  await db.account.count();
  stop();
  await db.account.count();
  expect(heard).toBe(1);
});
