import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { useApp } from '../support/app.ts';

const app = useApp();
/** Two accounts that share two locations, and what each of them sees there. */
let ann: string;
let bob: string;
let annsOwn: string;
const locationIds: string[] = [];

beforeAll(async () => {
  const accounts = [await app.makeAccount(), await app.makeAccount()];
  [ann, bob] = [await app.makeKey(accounts[0] as never), await app.makeKey(accounts[1] as never)];
  for (const name of ['Home', 'Shed']) {
    const locationId = newId();
    locationIds.push(locationId);
    await app.db.location.create({
      data: {
        id: locationId,
        name,
        inviteCode: locationId,
        memberships: {
          create: accounts.map(({ id: accountId }) => ({ id: newId(), accountId, role: 'ADMIN' })),
        },
      },
    });
    for (const [at, kind] of ['shared', 'private', 'trashed', 'private trashed'].entries()) {
      const [id, itemId] = [newId(), newId()];
      const accountId = accounts[0]?.id ?? '';
      await app.db.bin.create({
        data: {
          id,
          locationId,
          name: `${name} ${kind}`,
          nameKey: `${name} ${kind}`.toLowerCase(),
          shortCode: `${name[0]}ABCD${at}`,
          visibility: kind.startsWith('private') ? 'PRIVATE' : 'LOCATION',
          createdById: accountId,
          deletedAt: kind.endsWith('trashed') ? new Date() : null,
          pins: { create: accounts.map((each) => ({ accountId: each.id, position: at })) },
          usage: { create: { day: '2026-01-01', count: at + 1 } },
          items: {
            create: {
              id: itemId,
              locationId,
              name: `cup of ${kind}`,
              nameKey: `cup of ${kind}`,
              position: 0,
            },
          },
        },
      });
      await app.db.checkout.create({
        data: {
          id: newId(),
          itemId,
          activeItemId: itemId,
          originBinId: id,
          locationId,
          checkedOutById: accountId,
        },
      });
      if (name === 'Home' && kind === 'private') annsOwn = id;
    }
  }
});

const listed =
  'nodes { name location { name role } usage { nodes { count } } checkouts { nodes { itemName } } }';
const whole = `{ viewer { locations(first: 2) { nodes {
  bins(sort: NAME, direction: ASC, first: 5) { totalCount ${listed} }
  pinnedBins(first: 5) { totalCount nodes { name } }
  trashedBins(first: 5) { totalCount nodes { name } }
  items { totalCount nodes { name } }
} } } }`;

const read = async (query: string, key: string) => {
  const { data, errors } = await app.graphql(query, {}, key);
  expect(errors).toBeUndefined();
  return data;
};

describe('The lists of several locations', () => {
  it('show their maker private bins, too', async () => {
    const [home, shed] = (await read(whole, ann)).viewer.locations.nodes;
    expect(home.bins).toEqual({
      totalCount: 2,
      nodes: [
        {
          name: 'Home private',
          location: { name: 'Home', role: 'ADMIN' },
          usage: { nodes: [{ count: 2 }] },
          checkouts: { nodes: [{ itemName: 'cup of private' }] },
        },
        {
          name: 'Home shared',
          location: { name: 'Home', role: 'ADMIN' },
          usage: { nodes: [{ count: 1 }] },
          checkouts: { nodes: [{ itemName: 'cup of shared' }] },
        },
      ],
    });
    expect(shed.pinnedBins).toEqual({
      totalCount: 2,
      nodes: [{ name: 'Shed shared' }, { name: 'Shed private' }],
    });
    expect(shed.trashedBins).toMatchObject({ totalCount: 2 });
    expect(home.items).toEqual({
      totalCount: 2,
      nodes: [{ name: 'cup of private' }, { name: 'cup of shared' }],
    });
  });

  it('show nobody else private bins, nor what is in them', async () => {
    const data = await read(whole, bob);
    expect(JSON.stringify(data)).not.toContain('private');
    for (const { bins, pinnedBins, trashedBins, items } of data.viewer.locations.nodes)
      for (const list of [bins, pinnedBins, trashedBins, items]) expect(list.totalCount).toBe(1);
  });

  it('are those of the root fields, page by page', async () => {
    for (const [list, args] of [
      ['bins', 'sort: NAME, direction: ASC, filter: { hasItems: true }, first: 1, offset: 1'],
      ['bins', 'filter: { query: "shared" }'],
      ['items', 'query: "cup", sort: QUANTITY, first: 1, after: "0"'],
      ['items', 'direction: DESC'],
      ['trashedBins', 'first: 1, after: "0"'],
    ] as const) {
      const below = await read(
        `{ viewer { locations(first: 2) { nodes { list: ${list}(${args}) { totalCount pageInfo { hasNextPage } edges { cursor node { id name } } } } } } }`,
        ann,
      );
      const lists = below.viewer.locations.nodes.map((each: { list: object }) => each.list);
      for (const [at, locationId] of locationIds.entries()) {
        const root = await read(
          `{ list: ${list}(locationId: "${locationId}", ${args}) { totalCount pageInfo { hasNextPage } edges { cursor node { id name } } } }`,
          ann,
        );
        expect(root.list.edges.length, `${list}(${args})`).toBeGreaterThan(0);
        expect(lists[at]).toEqual(root.list);
      }
    }
  });

  it.each([
    'bins(first: 201)',
    'items(first: 101)',
    'trashedBins(first: 0)',
    'pinnedBins(after: "x")',
  ])('refuse %s', async (list) => {
    const { errors } = await app.graphql(
      `{ location(id: "${locationIds[0]}") { ${list} { totalCount } } }`,
      {},
      ann,
    );
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('are empty, with their total, beyond the end', async () => {
    const { viewer } = await read(
      '{ viewer { locations(first: 2) { nodes { bins(offset: 5) { totalCount nodes { id } } } } } }',
      ann,
    );
    for (const { bins } of viewer.locations.nodes) expect(bins).toEqual({ totalCount: 2, nodes: [] });
  });
});

it('one bin leads to its location, uses and checkouts, by its id', async () => {
  const { bin } = await read(`{ bin(id: "${annsOwn}") { ${listed.slice(8, -2)} } }`, ann);
  expect(bin).toMatchObject({
    location: { name: 'Home' },
    checkouts: { nodes: [{ itemName: 'cup of private' }] },
  });
});
