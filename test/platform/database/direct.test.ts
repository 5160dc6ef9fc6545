import { expect, test } from 'vitest';
import { Prisma } from '../../../src/generated/sqlite/client.ts';
import type { Statement } from '../../../src/platform/database/statements.ts';
import { openFresh, person } from './support.ts';

const { sql } = Prisma;

test('a hand-written read sees what is committed, and answers texts and numbers', async () => {
  const { db, read } = await openFresh();
  const { id } = await db.account.create({ data: person('a') });
  expect(await read(sql`SELECT "id", "tokenVersion" FROM "Account" WHERE "id" = ${id}`)).toEqual([
    { id, tokenVersion: 0 },
  ]);
  expect(await read(sql`SELECT 1 AS "one" FROM "Account" WHERE "id" = ${"'; DROP TABLE x"}`)).toEqual([]);
});

test('a hand-written read cannot write where one connection only reads', async () => {
  const { db, engine, read } = await openFresh();
  await db.account.create({ data: person('a') });
  if (engine === 'sqlite') await expect(read(sql`DELETE FROM "Account"`)).rejects.toThrow('readonly');
  expect(await db.account.count()).toBe(1);
});

test('a hand-written transaction counts what it changes, and is reported statement by statement', async () => {
  const statements: Statement[] = [];
  const { db, transact, onStatement } = await openFresh();
  const { id } = await db.account.create({ data: person('a') });
  const stop = onStatement((statement) => statements.push(statement));
  const counts = await transact(async ({ run, rows }) => [
    await run(sql`UPDATE "Account" SET "tokenVersion" = 7 WHERE "id" = ${id}`),
    await run(sql`UPDATE "Account" SET "tokenVersion" = 8 WHERE "id" = 'nobody'`),
    (await rows<{ tokenVersion: number }>(sql`SELECT "tokenVersion" FROM "Account" WHERE "id" = ${id}`))[0]
      ?.tokenVersion,
  ]);
  stop();
  expect(counts).toEqual([1, 0, 7]);
  expect(statements.filter(({ marksTransaction }) => marksTransaction).map((each) => each.sql)).toEqual([
    'BEGIN',
    'COMMIT',
  ]);
  expect(statements).toHaveLength(5);
});

test('a hand-written transaction that throws leaves nothing behind and holds nobody up', async () => {
  const { db, transact } = await openFresh();
  const { id } = await db.account.create({ data: person('a') });
  const failing = transact(async ({ run }) => {
    await run(sql`UPDATE "Account" SET "tokenVersion" = 7 WHERE "id" = ${id}`);
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await expect(transact(({ run }) => run(sql`SELECT nonsense FROM "Account"`))).rejects.toThrow('nonsense');
  expect(await db.account.findUniqueOrThrow({ where: { id } })).toMatchObject({ tokenVersion: 0 });
  await db.account.update({ where: { id }, data: { tokenVersion: 1 } });
});

test('transactions of both kinds that read, then write, lose no update', async () => {
  const { db, transact } = await openFresh();
  const { id } = await db.account.create({ data: person('a') });
  const byHand = () =>
    transact(async ({ run, rows }) => {
      await run(sql`UPDATE "Account" SET "lockSequence" = "lockSequence" + 1 WHERE "id" = ${id}`);
      const [found] = await rows<{ v: number }>(
        sql`SELECT "tokenVersion" AS "v" FROM "Account" WHERE "id" = ${id}`,
      );
      await run(sql`UPDATE "Account" SET "tokenVersion" = ${(found?.v ?? 0) + 1} WHERE "id" = ${id}`);
    });
  const byPrisma = () =>
    db.$transaction(async (tx) => {
      await tx.account.update({ where: { id }, data: { lockSequence: { increment: 1 } } });
      const { tokenVersion } = await tx.account.findUniqueOrThrow({ where: { id } });
      await tx.account.update({ where: { id }, data: { tokenVersion: tokenVersion + 1 } });
    });
  await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? byHand() : byPrisma())));
  expect((await db.account.findUniqueOrThrow({ where: { id } })).tokenVersion).toBe(20);
});
