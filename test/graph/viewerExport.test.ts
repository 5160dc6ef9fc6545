import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { makeNode, makePassword, makePerson, type Person } from '../bingo/support.ts';
import { useApp } from '../support/app.ts';

const app = useApp();
let ann: Person;
const secrets: string[] = [];

/** A location with a bin, an item and its checkout, an entry, a log and areas; returns the bin. */
async function makeLocation(creatorId: string, memberIds: readonly string[]) {
  const [locationId, binId, itemId] = [newId(), newId(), newId()];
  await app.db.location.create({
    data: {
      id: locationId,
      name: 'Home',
      createdById: creatorId,
      inviteCode: locationId,
      memberships: { create: memberIds.map((accountId) => ({ id: newId(), accountId, role: 'ADMIN' })) },
      areas: { create: { id: newId(), name: 'Attic', createdById: creatorId } },
      shopping: { create: { id: newId(), name: 'Milk', createdById: creatorId } },
      activities: {
        create: {
          id: newId(),
          accountId: creatorId,
          userName: 'a',
          action: 'create',
          entityType: 'bin',
          changes: { name: { old: null, new: 'Box' } },
        },
      },
    },
  });
  await app.db.bin.create({
    data: { id: binId, locationId, name: 'Box', nameKey: 'box', shortCode: 'ABCDEF', createdById: creatorId },
  });
  await app.db.binItem.create({
    data: { id: itemId, binId, locationId, name: 'Cup', nameKey: 'cup', position: 0 },
  });
  await app.db.binTag.create({ data: { binId, name: 'kitchen', position: 0 } });
  await app.db.checkout.create({
    data: {
      id: newId(),
      itemId,
      activeItemId: itemId,
      originBinId: binId,
      locationId,
      checkedOutById: creatorId,
    },
  });
  secrets.push(locationId);
  return { locationId, binId };
}

beforeAll(async () => {
  ann = await makePerson(app, { plan: 'SCALE' });
  const accountId = ann.account.id;
  const node = await makeNode(ann);
  const { password, share_code } = await makePassword(ann, node.id, { name: 'phone' });
  const { binId } = await makeLocation(accountId, [accountId]);
  secrets.splice(0, secrets.length, password, share_code);
  await app.db.binPin.create({ data: { accountId, binId, position: 0 } });
  await app.db.binScan.create({ data: { id: newId(), accountId, binId, scannedAt: new Date() } });
  await app.db.savedView.create({ data: { id: newId(), accountId, name: 'View', filters: {} } });
  for (const kind of ['PREFERENCES', 'PRINT'] as const)
    await app.db.accountSettings.create({ data: { accountId, kind, value: { theme: 'dark' } } });
  await app.db.tunnel.create({
    data: {
      id: newId(),
      accountId,
      subdomain: 'ann',
      target: 'http://localhost:1',
      bytesOut: 5n,
      requests: {
        create: { id: newId(), accountId, method: 'GET', path: '/', status: 200, durationMs: 1 },
      },
    },
  });
  const expiresAt = new Date(Date.now() + 3600_000);
  await app.db.invitation.create({
    data: { id: newId(), hash: 'hash-of-an-invitation', createdById: accountId, expiresAt },
  });
  await app.db.session.create({
    data: { id: newId(), accountId, kind: 'LONG_LIVED', tokenVersion: 0, expiresAt },
  });
  await app.db.linkedIdentity.create({
    data: {
      id: newId(),
      accountId,
      provider: 'GOOGLE',
      subject: 'subject-at-google',
      email: 'a@example.com',
    },
  });
  const { id: organizationId } = await app.db.organization.findUniqueOrThrow({
    where: { ownerId: accountId },
  });
  await app.db.organizationInvitation.create({
    data: {
      id: newId(),
      organizationId,
      email: 'b@example.com',
      role: 'VIEWER',
      hash: 'hash-of-an-offer',
      expiresAt,
    },
  });
  const { passwordHash } = await app.db.account.findUniqueOrThrow({ where: { id: accountId } });
  const { hash } = await app.db.apiKey.findFirstOrThrow({ where: { accountId } });
  const { sealed } = await app.db.vpnPassword.findFirstOrThrow();
  const { inviteCode } = await app.db.location.findFirstOrThrow({ where: { createdById: accountId } });
  // The invite code of this fixture is the id of its location, which is no secret.
  await app.db.location.updateMany({ where: { inviteCode }, data: { inviteCode: 'code-to-join-by' } });
  secrets.push(passwordHash ?? '', hash, sealed, ann.token, 'code-to-join-by', 'subject-at-google');
  secrets.push('hash-of-an-invitation', 'hash-of-an-offer');
});

const read = async (key: string, args = '', page = '') => {
  const { data, errors } = await app.graphql(
    `{ viewer { export${args} { section rows${page} { nodes pageInfo { hasNextPage endCursor } } } } }`,
    {},
    key,
  );
  expect(errors).toBeUndefined();
  return data.viewer.export as {
    section: string;
    rows: {
      nodes: Record<string, unknown>[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  }[];
};

describe('viewer { export }', () => {
  it('has rows in every section', async () => {
    const sections = await read(ann.token);
    expect(sections.map(({ section }) => section)).toEqual([
      'account',
      'linkedIdentities',
      'apiKeys',
      'sessions',
      'invitations',
      'locations',
      'areas',
      'bins',
      'items',
      'checkouts',
      'shoppingEntries',
      'scans',
      'pins',
      'activities',
      'savedViews',
      'settings',
      'tunnels',
      'tunnelRequests',
      'organizations',
      'organizationInvitations',
      'vpnNodes',
      'vpnPasswords',
    ]);
    for (const { section, rows } of sections) expect(rows.nodes.length, section).toBeGreaterThan(0);
    const bySection = Object.fromEntries(sections.map(({ section, rows }) => [section, rows.nodes]));
    expect(bySection.bins).toMatchObject([{ name: 'Box', tags: ['kitchen'], customFields: {} }]);
    expect(bySection.tunnels).toMatchObject([{ subdomain: 'ann', bytesOut: 5 }]);
    expect(bySection.settings).toMatchObject([
      { id: 'PREFERENCES', value: { theme: 'dark' } },
      { id: 'PRINT' },
    ]);
  });

  it('tells no secret', async () => {
    const text = JSON.stringify(await read(ann.token));
    for (const secret of secrets) {
      expect(secret).not.toBe('');
      expect(text).not.toContain(secret);
    }
  });

  it('tells nothing of others: private bins, and locations that one has left', async () => {
    const other = await app.makeAccount();
    const bob = await app.makeAccount();
    const shared = await makeLocation(bob.id, [bob.id, other.id]);
    await app.db.bin.create({
      data: {
        id: newId(),
        locationId: shared.locationId,
        name: 'Diary',
        nameKey: 'diary',
        shortCode: 'GHJKLM',
        visibility: 'PRIVATE',
        createdById: other.id,
      },
    });
    const bins = async (key: string) =>
      (await read(key, '(sections: ["bins"])'))[0]?.rows.nodes.map(({ name }) => name);
    const [ofBob, ofOther] = [await app.makeKey(bob), await app.makeKey(other)];
    expect(await bins(ofBob)).toEqual(['Box']);
    expect(await bins(ofOther)).toEqual(['Diary']);
    await app.db.membership.deleteMany({ where: { accountId: other.id } });
    expect(await bins(ofOther)).toEqual([]);
  });

  it('is its owner’s alone', async () => {
    const root = await app.makeKey(await app.makeAccount({ administrator: true }));
    const { errors } = await app.graphql(
      `{ account(email: "${ann.account.email}") { export { section } } }`,
      {},
      root,
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it.each([
    ['items', 120, 50],
    ['vpnNodes', 7, 3],
  ])('is read page by page: %s', async (section, count, size) => {
    const cleo = await makePerson(app, { plan: 'SCALE' });
    if (section === 'items') {
      const { locationId, binId } = await makeLocation(cleo.account.id, [cleo.account.id]);
      await app.db.binItem.createMany({
        data: Array.from({ length: count - 1 }, (_, position) => {
          return { id: newId(), binId, locationId, name: 'Cup', nameKey: 'cup', position };
        }),
      });
    } else for (let made = 0; made < count; made++) await makeNode(cleo);
    const ids = new Set<unknown>();
    let after = '';
    for (let page = 0; page < 10; page++) {
      const [found] = await read(cleo.token, `(sections: ["${section}"])`, `(first: ${size}${after})`);
      expect(found?.rows.nodes.length).toBeLessThanOrEqual(size);
      for (const { id } of found?.rows.nodes ?? []) ids.add(id);
      if (!found?.rows.pageInfo.hasNextPage) break;
      after = `, after: "${found.rows.pageInfo.endCursor}"`;
    }
    expect(ids.size).toBe(count);
  });

  it.each([
    ['vpnNodes', 'after: "x"'],
    ['vpnNodes', 'after: "99999999999"'],
    ['settings', 'after: "1"'],
    ['bins', 'after: "1"'],
    ['bins', 'first: 1001'],
  ])('refuses what is no page of %s: %s', async (section, page) => {
    const { errors } = await app.graphql(
      `{ viewer { export(sections: ["${section}"]) { rows(${page}) { nodes } } } }`,
      {},
      ann.token,
    );
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });
});
