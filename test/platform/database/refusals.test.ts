import { describe, expect, onTestFinished, test } from 'vitest';
import { type DomainError, toDomainError } from '../../../src/errors/domainError.ts';
import { Prisma } from '../../../src/generated/sqlite/client.ts';
import { newId } from '../../../src/graph/core/newId.ts';
import { openDatabase } from '../../../src/platform/database/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { openNetwork } from '../events/network.ts';
import { heldTransaction, openFresh } from './support.ts';

const { sql } = Prisma;

/** What a caller is told of a promise that rejects. */
const rejectionOf = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.fail('must reject'),
    (error: unknown) => toDomainError(error),
  );

const overloaded = { code: 'OVERLOADED', details: { retryAfterSeconds: 1 } };
const insertTunnelOf = (accountId: string) =>
  sql`INSERT INTO "Tunnel" ("id", "accountId", "subdomain", "target") VALUES ('t', ${accountId}, 's', 'x')`;

describe('what the database refuses', () => {
  test('a row for one that is gone is NOT_FOUND, by Prisma and by hand', async () => {
    const { db, transact } = await openFresh();
    const byPrisma = db.tunnel.create({
      data: { id: newId(), accountId: 'nobody', subdomain: 's', target: 'x' },
    });
    expect(await rejectionOf(byPrisma)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await rejectionOf(transact(({ run }) => run(insertTunnelOf('nobody'))))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('a fault in a statement stays a fault', async () => {
    const { read, transact } = await openFresh();
    const nonsense = sql`SELECT nonsense`;
    expect(await rejectionOf(read(nonsense))).toMatchObject({ code: 'INTERNAL' });
    expect(await rejectionOf(transact(({ run }) => run(nonsense)))).toMatchObject({ code: 'INTERNAL' });
  });

  test('who waits too long for another process that writes is told to come again', async () => {
    const database = await openFresh();
    if (database.engine !== 'sqlite') return;
    const other = await openDatabase(database.url);
    const held = heldTransaction(other, 'inside');
    await held.started;
    const write = sql`UPDATE "Account" SET "tokenVersion" = 1`;
    const refused = await rejectionOf(database.transact(({ run }) => run(write)));
    held.fail();
    await held.outcome;
    await other.close();
    expect(refused).toMatchObject(overloaded);
  }, 20_000);

  test('work whose connection is lost is told to come again, and the next work gets another connection', async () => {
    const database = await openFresh({ poolSize: 1 });
    if (database.engine !== 'postgresql') return;
    const { db, read, transact } = database;
    const unavailable = { code: 'SERVICE_UNAVAILABLE', details: { retryAfterSeconds: 1 } };
    const suicide = sql`SELECT pg_terminate_backend(pg_backend_pid())::text`;
    const one = sql`SELECT 1 AS "one"`;
    const works: (() => Promise<unknown>)[] = [
      () => read(suicide),
      () => transact(({ run }) => run(suicide)),
      // The statement after the fatal one meets a closed connection.
      () => transact(({ run }) => run(suicide).catch(() => run(one))),
      () => db.$queryRaw(suicide),
      () => db.$transaction((tx) => tx.$queryRaw(suicide)),
      () => db.$transaction((tx) => tx.$queryRaw(suicide).catch(() => tx.account.count())),
    ];
    for (const work of works) {
      expect(await rejectionOf(work())).toMatchObject(unavailable);
      expect(await read(one)).toEqual([{ one: 1 }]);
    }
  }, 20_000);

  test('work is told to come again while PostgreSQL cannot be reached', async () => {
    const fresh = await freshDatabase();
    onTestFinished(() => fresh.drop());
    if (fresh.engine !== 'postgresql') return;
    const network = await openNetwork(fresh.url);
    onTestFinished(() => network.close());
    const lost: Error[] = [];
    const database = await openDatabase(network.url, { onConnectionLost: (error) => lost.push(error) });
    onTestFinished(() => database.close());
    const { db, read, transact } = database;
    const held = heldTransaction(database, 'inside');
    await held.started;
    network.cut();
    const one = sql`SELECT 1 AS "one"`;
    const works = [
      read(one),
      transact(({ run }) => run(one)),
      db.account.count(),
      db.$transaction((tx) => tx.account.count()),
    ];
    for (const refused of await Promise.all(works.map(rejectionOf)))
      expect(refused).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(lost.length).toBeGreaterThanOrEqual(works.length);
    held.fail();
    await held.outcome;
    network.restore();
    expect(await db.account.count()).toBe(0);
  }, 20_000);

  test('who waits too long for a connection or an answer is told to come again', async () => {
    const database = await openFresh({ poolSize: 1, statementTimeoutMs: 200 });
    if (database.engine !== 'postgresql') return;
    const slow = sql`SELECT pg_sleep(2)::text`;
    expect(await rejectionOf(database.read(slow))).toMatchObject(overloaded);
    expect(await rejectionOf(database.transact(({ run }) => run(slow)))).toMatchObject(overloaded);
    expect(await rejectionOf(database.db.$queryRaw(slow))).toMatchObject(overloaded);

    const held = heldTransaction(database, 'inside');
    await held.started;
    const one = sql`SELECT 1 AS "one"`;
    const refused = await Promise.all([
      rejectionOf(database.read(one)),
      rejectionOf(database.transact(({ run }) => run(one))),
      rejectionOf(database.db.account.count()),
    ]);
    held.fail();
    await held.outcome;
    expect(refused).toMatchObject([overloaded, overloaded, overloaded]);
  }, 20_000);
});
