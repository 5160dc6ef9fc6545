import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/graph/core/newId.ts';
import { makeNode, makePassword, makePerson, type Person } from '../../bingo/support.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';

// What lies below a list is read for the whole list at once.
let app: TestApp;
const people: Record<number, Person> = {};

async function makeOrganization(member: Person, nodes: number): Promise<void> {
  const owner = await app.makeAccount();
  const { id: organizationId } = await app.db.organization.create({
    data: {
      ownerId: owner.id,
      name: 'Organization',
      contactEmail: owner.email,
      members: {
        create: [
          { id: newId(), accountId: owner.id, role: 'OWNER' },
          { id: newId(), accountId: member.account.id, role: 'ADMIN' },
        ],
      },
      invitations: {
        create: { id: newId(), email: 'x@example.com', role: 'VIEWER', hash: newId(), expiresAt: new Date() },
      },
    },
  });
  for (let made = 1; made <= nodes; made++) {
    const name = `Node ${made}`;
    await app.db.vpnNode.create({
      data: {
        organizationId,
        name,
        ip: '192.0.2.1',
        host: 'a.example.com',
        port: 443,
        country: made % 2 ? 'de' : 'fr',
        searchText: name.toLowerCase(),
        buckets: { create: { startsAt: new Date(), count: made, bandwidthSum: 2 * made } },
      },
    });
  }
}

beforeAll(async () => {
  app = await startTestApp();
  for (const count of [2, 10]) {
    const person = await makePerson(app);
    people[count] = person;
    const node = await makeNode(person);
    for (let made = 0; made < 3; made++) await makePassword(person, node.id, { name: `password ${made}` });
    for (let made = 1; made < count; made++) await makeOrganization(person, 3);
    const tunnels = Array.from({ length: count }, (_, index) => ({
      id: newId(),
      accountId: person.account.id,
      subdomain: `t-${count}-${index}`,
      target: 'http://localhost:1',
      region: 'local',
    }));
    await app.db.tunnel.createMany({ data: tunnels });
    await app.db.tunnelRequest.createMany({
      data: tunnels.map(({ id: tunnelId, accountId }) => ({
        id: newId(),
        accountId,
        tunnelId,
        method: 'GET',
        path: '/',
        status: 200,
        durationMs: 1,
      })),
    });
  }
});
afterAll(() => app.stop());

async function ask(person: Person | undefined, query: string) {
  const { data, errors } = await app.graphql(query, {}, person?.token);
  expect(errors).toBeUndefined();
  return data;
}

async function statementsOf(person: Person | undefined, query: string): Promise<number> {
  await ask(person, '{ viewer { id } }');
  return (await app.statements(() => ask(person, query))).length;
}

describe('takes the same statements below 2 and below 10', () => {
  it.each([
    [
      'organizations and people',
      `{ viewer { organizations(first: 10) { totalCount nodes {
        plan nodeCount passwordCount
        members(first: 3) { totalCount nodes { id email } }
        invitations(first: 3) { totalCount nodes { id email } }
      } } } }`,
    ],
    [
      'organizations, nodes and passwords',
      `{ viewer { organizations(first: 10) { nodes { vpnNodes(first: 3) { totalCount nodes {
        id status passwords(first: 3) { totalCount nodes { id password } }
      } } } } } }`,
    ],
    [
      'organizations, nodes and heartbeats',
      '{ viewer { organizations(first: 10) { nodes { vpnNodes(first: 2) { nodes { heartbeats { count } } } } } } }',
    ],
    [
      'organizations, with filters, offsets and aliases',
      `{ viewer { organizations(first: 10) { nodes {
        pending: vpnNodes(first: 2, filter: { status: PENDING, country: "DE", search: "node" }) { nodes { id } }
        second: vpnNodes(first: 1, offset: 1) { totalCount nodes {
          passwords(first: 3, filter: { active: true, expired: false }) { totalCount nodes { id } }
        } }
        last: vpnNodes(last: 1) { pageInfo { hasPreviousPage } nodes { id } }
      } } } }`,
    ],
    [
      'tunnels and requests',
      `{ viewer { tunnels { totalCount nodes { id publicUrl } }
        tunnelRequests { totalCount nodes { id tunnel { subdomain } } } } }`,
    ],
  ])('%s', async (_name, query) => {
    const few = await statementsOf(people[2], query);
    expect(await statementsOf(people[10], query)).toBe(few);
    expect(few).toBeLessThanOrEqual(15);
  });
});

describe('a list below another', () => {
  it('has each parent’s own rows, page and count', async () => {
    const { viewer } = await ask(
      people[10],
      `{ viewer { organizations(first: 10) { nodes { vpnNodes(first: 2) {
        totalCount pageInfo { hasNextPage endCursor } nodes { id name heartbeats { count bandwidth } }
      } } } } }`,
    );
    const lists = viewer.organizations.nodes.map(({ vpnNodes }: { vpnNodes: object }) => vpnNodes);
    expect(lists).toHaveLength(10);
    const [own, ...others] = lists;
    expect(own).toMatchObject({ totalCount: 1, pageInfo: { hasNextPage: false } });
    for (const { nodes, ...page } of others) {
      expect(page).toEqual({
        totalCount: 3,
        pageInfo: { hasNextPage: true, endCursor: String(nodes[1].id) },
      });
      expect(nodes).toMatchObject([
        { name: 'Node 3', heartbeats: [{ count: 3, bandwidth: 2 }] },
        { name: 'Node 2', heartbeats: [{ count: 2, bandwidth: 2 }] },
      ]);
    }
  });

  it('goes on behind a cursor, forwards and backwards', async () => {
    const names = async (args: string) => {
      const { viewer } = await ask(
        people[2],
        `{ viewer { organizations(last: 1) { nodes { vpnNodes(${args}) {
          pageInfo { hasNextPage hasPreviousPage } edges { cursor node { name } }
        } } } } }`,
      );
      const { edges, pageInfo } = viewer.organizations.nodes[0].vpnNodes;
      const cursors = edges.map(({ cursor }: { cursor: string }) => cursor);
      return { cursors, pageInfo, names: edges.map(({ node }: { node: { name: string } }) => node.name) };
    };
    const first = await names('first: 2');
    expect(first.names).toEqual(['Node 3', 'Node 2']);
    const next = await names(`first: 2, after: "${first.cursors[1]}"`);
    expect(next).toMatchObject({
      names: ['Node 1'],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    expect((await names(`last: 1, before: "${next.cursors[0]}"`)).names).toEqual(['Node 2']);
    expect(await names('first: 1, offset: 1')).toMatchObject({
      names: ['Node 2'],
      pageInfo: { hasNextPage: true, hasPreviousPage: true },
    });
  });

  it.each([
    'first: 1001',
    'first: -1',
    'last: 1001',
    'after: "x"',
    'before: "99999999999"',
    'after: "0"',
    'offset: -1',
    'offset: 100000001',
    'offset: 1, after: "5"',
    'offset: 1, last: 1',
  ])('refuses %s', async (args) => {
    const { errors } = await app.graphql(
      `{ organization { vpnNodes(${args}) { nodes { id } } } }`,
      {},
      people[2]?.token,
    );
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('may lie below a node that is not there: that one is null, with an error, and the rest is answered', async () => {
    const { data, errors } = await app.graphql(
      '{ vpnNode(id: 2147483647) { id } organization { name } }',
      {},
      people[2]?.token,
    );
    expect(data).toEqual({ vpnNode: null, organization: { name: expect.any(String) } });
    expect(errors).toMatchObject([{ path: ['vpnNode'], extensions: { code: 'NOT_FOUND' } }]);
  });
});
