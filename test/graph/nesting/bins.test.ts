import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../src/graph/core/newId.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const names = ['one', 'two', 'three'];

/** Somebody with so many locations, each with a bin, three items that are out, three entries and three tags. */
async function makeHousehold(locations: number): Promise<string> {
  const account = await app.makeAccount();
  for (let made = 0; made < locations; made++) {
    const [locationId, binId] = [newId(), newId()];
    await app.db.location.create({ data: { id: locationId, name: `Home ${made}`, inviteCode: locationId } });
    await app.db.membership.create({
      data: { id: newId(), locationId, accountId: account.id, role: 'ADMIN' },
    });
    await app.db.bin.create({
      data: {
        id: binId,
        locationId,
        name: 'Box',
        nameKey: 'box',
        shortCode: 'ABCDEF',
        createdById: account.id,
      },
    });
    for (const [position, name] of names.entries()) {
      const itemId = newId();
      await app.db.binItem.create({ data: { id: itemId, binId, locationId, name, nameKey: name, position } });
      await app.db.checkout.create({
        data: { id: newId(), itemId, activeItemId: itemId, originBinId: binId, locationId },
      });
      await app.db.shoppingEntry.create({ data: { id: newId(), locationId, name: `${name} ${made}` } });
      await app.db.tagStyle.create({
        data: { id: newId(), locationId, tag: `${name}-${made}`, color: 'black' },
      });
    }
  }
  return app.makeKey(account);
}

const page = (selection: string) =>
  `(first: 2) { totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes { ${selection} } }`;
const nested = `{ viewer { locations { nodes {
  id
  tags${page('name binCount')}
  tagStyles${page('tag')}
  checkouts${page('locationId itemName')}
  shoppingList${page('locationId name')}
} } } }`;

it('the lists below locations take the same statements for two locations and for ten', async () => {
  const counts: number[] = [];
  for (const locations of [2, 10]) {
    const key = await makeHousehold(locations);
    await app.graphql('{ viewer { id } }', {}, key);
    let answer: Awaited<ReturnType<typeof app.graphql>> | undefined;
    const statements = await app.statements(async () => {
      answer = await app.graphql(nested, {}, key);
    });
    expect(answer?.errors).toBeUndefined();
    expect(answer?.data.viewer.locations.nodes).toHaveLength(locations);
    for (const [at, location] of answer?.data.viewer.locations.nodes.entries() ?? []) {
      for (const list of ['tags', 'tagStyles', 'checkouts', 'shoppingList'])
        expect(location[list]).toMatchObject({
          totalCount: 3,
          pageInfo: { hasNextPage: true, endCursor: '1' },
          edges: [{ cursor: '0' }, { cursor: '1' }],
        });
      expect(location.tags.nodes.map(({ name }: { name: string }) => name)).toEqual(
        location.tagStyles.nodes.map(({ tag }: { tag: string }) => tag),
      );
      expect(location.shoppingList.nodes.map(({ name }: { name: string }) => name)).toEqual([
        `three ${at}`,
        `two ${at}`,
      ]);
      for (const { locationId } of [...location.checkouts.nodes, ...location.shoppingList.nodes])
        expect(locationId).toBe(location.id);
    }
    counts.push(statements.length);
  }
  expect(counts[1]).toBe(counts[0]);
});

it('a list goes on after its cursor, and refuses one that is none', async () => {
  const key = await makeHousehold(1);
  const ask = (args: string) =>
    app.graphql(
      `{ viewer { locations { nodes { shoppingList${args} { totalCount nodes { name } pageInfo { hasNextPage } } } } } }`,
      {},
      key,
    );
  const { data } = await ask('(first: 2, after: "1")');
  expect(data.viewer.locations.nodes[0].shoppingList).toEqual({
    totalCount: 3,
    nodes: [{ name: 'one 0' }],
    pageInfo: { hasNextPage: false },
  });
  expect((await ask('(after: "2")')).data.viewer.locations.nodes[0].shoppingList).toMatchObject({
    totalCount: 3,
    nodes: [],
  });
  for (const args of ['(after: "x")', '(after: "-1")', '(first: 0)', '(offset: -1)'])
    expect((await ask(args)).errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
});
