import { beforeAll, describe, expect, it } from 'vitest';
import { eraseDueAccounts } from '../../src/graph/identity/deletion/due.ts';
import { useApp } from '../support/app.ts';
import {
  boundToken,
  callsWith,
  dataOf,
  expectError,
  join,
  makeNode,
  makePassword,
  makePerson,
  type Person,
  time,
} from './support.ts';

const app = useApp();
let ann: Person;
beforeAll(async () => {
  ann = await makePerson(app, { email: 'ann@example.com', name: 'Ann', plan: 'PRO' });
});

describe('GET /organization/', () => {
  it('makes an account’s own on first use and shows it in the documented order', async () => {
    const made = dataOf(await ann.get('/organization/'));
    expect(Object.entries(made)).toEqual([
      ['id', expect.any(Number)],
      ['name', 'Ann'],
      ['contact_email', 'ann@example.com'],
      ['status', 1],
      ['status_display', 'Active'],
      ['node_count', 0],
      ['password_count', 0],
      ['plan', 'PRO'],
      ['created_at', expect.stringMatching(time)],
      ['updated_at', expect.stringMatching(time)],
    ]);
    expect(dataOf(await ann.get('/organization'))).toEqual(made);
    const node = await makeNode(ann);
    await makePassword(ann, node.id);
    await makePassword(ann, node.id);
    expect(dataOf(await ann.get('/organization/'))).toMatchObject({ node_count: 1, password_count: 2 });
    await ann.delete(`/nodes/${node.id}/`);
    expect(dataOf(await ann.get('/organization/'))).toEqual(made);
  });

  it('makes one for twenty first uses that come together', async () => {
    const bob = await makePerson(app);
    const answers = await Promise.all(Array.from({ length: 20 }, () => bob.get('/organization/')));
    expect(new Set(answers.map((answer) => dataOf(answer).id)).size).toBe(1);
    expect(await app.db.organization.count({ where: { ownerId: bob.account.id } })).toBe(1);
    expect(await app.db.organizationMember.count({ where: { accountId: bob.account.id } })).toBe(1);
  });

  it('is the same by every kind of token of the account', async () => {
    const { id } = dataOf(await ann.get('/organization/'));
    const tokens = await Promise.all([
      app.makeKey(ann.account, 'BINBOI'),
      app.makeKey(ann.account, 'OPENBIN'),
      app.makeKey(ann.account, 'RESTUME'),
      app.makeSession(ann.account),
    ]);
    for (const token of tokens) expect(dataOf(await callsWith(app, token).get('/organization/')).id).toBe(id);
  });

  it('goes with its account', async () => {
    const bob = await makePerson(app);
    const carl = await makePerson(app);
    const organizationId = await join(app, carl.account, bob, 'ADMIN');
    const bound = callsWith(app, await boundToken(app, carl.account, organizationId));
    const node = await makeNode(bob);
    dataOf(await bound.get(`/nodes/${node.id}/`));
    await app.graphql(
      'mutation { deleteViewer(input: {}) { deletedAccountId } }',
      {},
      await app.makeSession(bob.account),
    );
    await app.db.account.update({
      where: { id: bob.account.id },
      data: { deletionScheduledAt: new Date(Date.now() - 1) },
    });
    await eraseDueAccounts(app.services);
    expectError(await bound.get(`/nodes/${node.id}/`), 401);
    expect(await app.db.organization.count({ where: { id: organizationId } })).toBe(0);
    expect(await app.db.vpnNode.count({ where: { id: node.id } })).toBe(0);
    dataOf(await carl.get('/organization/'));
  });
});

describe('PATCH /organization/', () => {
  it('changes name and address', async () => {
    const changed = dataOf(await ann.patch('/organization/', { name: ' Ann’s VPN ' }));
    expect(changed).toMatchObject({ name: 'Ann’s VPN', contact_email: 'ann@example.com' });
    expect(dataOf(await ann.patch('/organization/', { contact_email: 'Help@Example.com' }))).toMatchObject({
      name: 'Ann’s VPN',
      contact_email: 'help@example.com',
    });
  });

  it.each([
    [{}, 'Give at least one field to change.'],
    [{ name: '' }, 'name: must have 1 to 100 characters'],
    [{ name: 'x'.repeat(101) }, 'name: must have 1 to 100 characters'],
    [{ name: 3, contact_email: 'x' }, 'name: must be a string'],
    [{ contact_email: 'nobody' }, 'contact_email: must be an e-mail address'],
    [{ contact_email: null }, 'contact_email: must be a string'],
    [{ plan: 'SCALE' }, /^plan: /],
    [{ status: 2 }, /^status: /],
  ])('answers 400 to %j', async (body, message) => {
    const before = dataOf(await ann.get('/organization/'));
    expectError(await ann.patch('/organization/', body), 400, message);
    expect(dataOf(await ann.get('/organization/'))).toEqual(before);
  });
});

describe('a suspended organization', () => {
  it('shows its status and takes no write but the one that ends it; its heartbeats accept no password', async () => {
    const bob = await makePerson(app);
    const { id } = await makeNode(bob);
    const password = await makePassword(bob, id);
    expect(dataOf(await bob.get('/organization/status/'))).toEqual({ status: 1, status_display: 'Active' });
    const suspended = { status: 2, status_display: 'Suspended' };
    expect(dataOf(await bob.put('/organization/status/', { status: 2 }))).toEqual(suspended);
    expect(dataOf(await bob.get('/organization/status/'))).toEqual(suspended);
    expect(dataOf(await bob.get('/organization/'))).toMatchObject(suspended);

    const sentence = 'The organization is suspended; make it active first.';
    expectError(
      await bob.post('/nodes/', { name: 'x', ip: '192.0.2.1', host: 'x.com', country: 'de' }),
      403,
      sentence,
    );
    expectError(await bob.patch(`/nodes/${id}/`, { name: 'x' }), 403, sentence);
    expectError(await bob.delete(`/nodes/${id}/`), 403, sentence);
    expectError(await bob.post(`/nodes/${id}/redeploy/`), 403, sentence);
    expectError(await bob.put(`/nodes/${id}/status/`, { status: 4 }), 403, sentence);
    expectError(await bob.post(`/nodes/${id}/passwords/`, { name: 'x' }), 403, sentence);
    expectError(await bob.patch(`/nodes/${id}/passwords/${password.id}/`, { name: 'x' }), 403, sentence);
    expectError(await bob.delete(`/nodes/${id}/passwords/${password.id}/`), 403, sentence);
    expectError(await bob.patch('/organization/', { name: 'x' }), 403, sentence);

    dataOf(await bob.get(`/nodes/${id}/`));
    dataOf(await bob.get(`/nodes/${id}/passwords/`));
    expect(dataOf(await bob.post(`/nodes/${id}/heartbeat/`, { bandwidth: 4 }))).toEqual({
      count: 0,
      results: [],
    });
    expect(dataOf(await bob.get(`/nodes/${id}/`))).toMatchObject({ status: 9, bandwidth: 4 });

    dataOf(await bob.put('/organization/status/', { status: 1 }));
    expect(dataOf(await bob.post(`/nodes/${id}/heartbeat/`, {})).count).toBe(1);
    dataOf(await bob.patch(`/nodes/${id}/`, { name: 'x' }));
  });

  it.each([0, 3, '1', null, true])('is not made by the status %j', async (status) => {
    expectError(await ann.put('/organization/status/', { status }), 400, 'status: must be 1 or 2');
  });
});

describe('a member', () => {
  let owner: Person;
  let node: number;
  let password: { id: number };
  beforeAll(async () => {
    owner = await makePerson(app);
    node = (await makeNode(owner)).id;
    password = await makePassword(owner, node);
  });

  async function member(role: 'OWNER' | 'ADMIN' | 'VIEWER') {
    const person = await makePerson(app);
    const organizationId = await join(app, person.account, owner, role);
    return {
      person,
      organizationId,
      ...callsWith(app, await boundToken(app, person.account, organizationId)),
    };
  }

  it('who is a viewer reads everything and writes nothing', async () => {
    const viewer = await member('VIEWER');
    for (const path of [
      '/nodes/',
      `/nodes/${node}/`,
      `/nodes/${node}/status/`,
      `/nodes/${node}/heartbeats/`,
    ]) {
      dataOf(await viewer.get(path));
    }
    dataOf(await viewer.get(`/nodes/${node}/passwords/`));
    dataOf(await viewer.get(`/nodes/${node}/passwords/${password.id}/`));
    expect(dataOf(await viewer.get('/organization/')).id).toBe(viewer.organizationId);
    dataOf(await viewer.get('/organization/status/'));

    const refused = 'You may not do this.';
    const aNode = { name: 'x', ip: '192.0.2.1', host: 'x.com', country: 'de' };
    expectError(await viewer.post('/nodes/', aNode), 403, refused);
    expectError(await viewer.patch(`/nodes/${node}/`, { name: 'x' }), 403, refused);
    expectError(await viewer.delete(`/nodes/${node}/`), 403, refused);
    expectError(await viewer.post(`/nodes/${node}/redeploy/`), 403, refused);
    expectError(await viewer.put(`/nodes/${node}/status/`, { status: 4 }), 403, refused);
    expectError(await viewer.post(`/nodes/${node}/heartbeat/`, {}), 403, refused);
    expectError(await viewer.post(`/nodes/${node}/passwords/`, { name: 'x' }), 403, refused);
    expectError(await viewer.patch(`/nodes/${node}/passwords/${password.id}/`, { name: 'x' }), 403, refused);
    expectError(await viewer.delete(`/nodes/${node}/passwords/${password.id}/`), 403, refused);
    expectError(await viewer.patch('/organization/', { name: 'x' }), 403, refused);
    expectError(await viewer.put('/organization/status/', { status: 2 }), 403, refused);
  });

  it.each(['ADMIN', 'OWNER'] as const)('who is %s writes too', async (role) => {
    const admin = await member(role);
    const { id } = await makeNode(admin);
    dataOf(await admin.patch(`/nodes/${id}/`, { name: 'x' }));
    await makePassword(admin, id);
    dataOf(await admin.post(`/nodes/${id}/heartbeat/`, {}));
    dataOf(await admin.patch('/organization/', { name: 'Ours' }));
    dataOf(await admin.put('/organization/status/', { status: 1 }));
    expect((await admin.delete(`/nodes/${id}/`)).status).toBe(204);
  });

  it('acts for the own organization by a token that is not bound', async () => {
    const admin = await member('ADMIN');
    expect(dataOf(await admin.person.get('/organization/')).id).not.toBe(admin.organizationId);
    expectError(await admin.person.get(`/nodes/${node}/`), 404);
    expectError(await admin.person.post(`/nodes/${node}/heartbeat/`, {}), 404);
  });

  it('cannot bind a token to an organization of strangers', async () => {
    const stranger = await makePerson(app);
    const { id } = dataOf(await owner.get('/organization/'));
    const { errors } = await app.graphql(
      'mutation ($id: Int!) { createApiKey(input: { format: BINGO, organizationId: $id }) { text } }',
      { id },
      await app.makeSession(stranger.account),
    );
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});
