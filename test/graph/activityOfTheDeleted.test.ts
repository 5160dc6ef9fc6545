import { expect, it } from 'vitest';
import type { PrismaClient } from '../../src/generated/sqlite/client.ts';
import { jsonSql } from '../../src/graph/core/jsonSql.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { writeRows } from '../../src/graph/inventory/activity/writeRows.ts';
import { useApp } from '../support/app.ts';

const app = useApp();

/** Deletes the next of these accounts each time when it was just asked who is still there. */
function deleting(ids: string[]): PrismaClient {
  const { db } = app;
  return db.$extends({
    query: {
      account: {
        async findMany({ args, query }) {
          const found = await query(args);
          const next = ids.pop();
          if (next) await db.account.delete({ where: { id: next } });
          return found;
        },
      },
    },
  }) as unknown as PrismaClient;
}

it('the log keeps what everybody did, however many accounts go one after another while it is written', async () => {
  const { db } = app;
  const people = [];
  for (let made = 0; made < 5; made++) people.push(await app.makeAccount());
  const [stays, first, ...later] = people.map(({ id }) => id) as [string, string, ...string[]];
  const { id: locationId } = await db.location.create({
    data: { id: newId(), name: 'Home', inviteCode: newId() },
  });
  await db.account.delete({ where: { id: first } });
  const waiting = people.map(({ id: accountId, email }, at) => ({
    locationId,
    accountId,
    userName: email,
    action: 'create',
    entityType: 'area',
    authMethod: null,
    apiKeyId: null,
    apiKeyName: null,
    createdAt: new Date(Date.now() + at),
  }));
  const { database } = app.services;
  const raced = { db: deleting(later), transact: database.transact };
  await writeRows(raced, jsonSql(database), locationId, waiting);
  const rows = await db.activity.findMany({ where: { locationId }, orderBy: { createdAt: 'asc' } });
  expect(rows.map(({ accountId, userName }) => [accountId, userName])).toEqual(
    people.map(({ id, email }) => [
      id === stays ? id : null,
      // The address of a deleted person stands nowhere.
      id === stays ? email : 'Deleted person',
    ]),
  );
});
