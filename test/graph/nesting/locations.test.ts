import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/graph/core/newId.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** The key of an account with so many locations, each with areas, a field and an entry in its log. */
async function keyWith(locations: number): Promise<string> {
  const account = await app.makeAccount({ email: `${locations}@example.com` });
  const accountId = account.id;
  for (let at = 0; at < locations; at++) {
    const locationId = newId();
    await app.db.location.create({
      data: {
        id: locationId,
        name: `Place ${at}`,
        inviteCode: `${locations} ${at}`,
        memberships: { create: { id: newId(), accountId, role: 'ADMIN' } },
        areas: { create: ['Shelf', 'Attic'].map((name) => ({ id: newId(), name, parentKey: '' })) },
        customFields: { create: { id: newId(), name: 'Owner', position: 0 } },
      },
    });
    const entry = { userName: account.email, action: 'update', entityType: 'location' };
    await app.db.activity.createMany({
      data: [1, 2, 3].map((count) => ({ ...entry, id: newId(), locationId, changes: { count } })),
    });
  }
  return app.makeKey(account);
}

const lists = {
  areas: 'unassignedBinCount areas { totalCount nodes { name binCount subtreeBinCount } }',
  members: 'members { totalCount nodes { name role joinedAt } }',
  customFields: 'customFields { totalCount nodes { name } }',
  activities: 'activities(first: 2) { totalCount nodes { action changes createdAt } }',
  counts: 'memberCount viewerCount areaCount binCount',
  stats: 'stats { totalBins totalItems totalAreas needsOrganizing }',
};

describe('What hangs on locations', () => {
  const keys = new Map<number, string>();
  beforeAll(async () => {
    for (const count of [2, 10]) keys.set(count, await keyWith(count));
  });

  const read = async (count: number, selection: string) => {
    let nodes: Record<string, unknown>[] = [];
    const statements = await app.statements(async () => {
      const query = `{ viewer { locations { totalCount nodes { name ${selection} } } } }`;
      const { errors, data } = await app.graphql(query, {}, keys.get(count));
      expect(errors).toBeUndefined();
      nodes = data.viewer.locations.nodes;
    });
    return { nodes, statements: statements.length };
  };

  it.each([
    ...Object.entries(lists),
    ['everything', Object.values(lists).join(' ')],
  ])('costs the same statements for many as for few: %s', async (_name, selection) => {
    for (const count of keys.keys()) await read(count, selection);
    const [few, many] = [await read(2, selection), await read(10, selection)];
    expect([few.nodes.length, many.nodes.length]).toEqual([2, 10]);
    expect(many.statements).toBe(few.statements);
  });

  it('comes with each location its own', async () => {
    const { nodes } = await read(10, Object.values(lists).join(' '));
    for (const node of nodes) {
      expect(node).toMatchObject({
        areas: { totalCount: 2, nodes: [{ name: 'Attic', binCount: 0 }, { name: 'Shelf' }] },
        members: { totalCount: 1, nodes: [{ role: 'ADMIN' }] },
        customFields: { nodes: [{ name: 'Owner' }] },
        activities: { totalCount: 3, nodes: [{ changes: { count: 3 } }, { changes: { count: 2 } }] },
        stats: { totalAreas: 2 },
      });
    }
  });

  it.each(['areas', 'members', 'customFields', 'activities'])('is paged by cursors: %s', async (list) => {
    const key = keys.get(2);
    const ask = async (args: string) => {
      const query = `{ viewer { locations(first: 1) { nodes { ${list}(${args}) { edges { cursor } pageInfo { hasNextPage } } } } } }`;
      const { errors, data } = await app.graphql(query, {}, key);
      return errors?.[0]?.extensions.code ?? data.viewer.locations.nodes[0][list];
    };
    const { edges } = await ask('first: 10');
    const cursors = edges.map(({ cursor }: { cursor: string }) => cursor);
    const rest = await ask(`first: 10, after: "${cursors[0]}"`);
    expect(rest.edges).toEqual(edges.slice(1));
    const last = await ask('last: 1');
    expect(last.edges).toEqual(edges.slice(-1));
    expect(await ask('first: 10, after: "nothing"')).toBe('INVALID_INPUT');
    expect(await ask('first: -1')).toBe('INVALID_INPUT');
  });
});
