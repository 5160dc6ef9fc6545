import { describe, expect, it } from 'vitest';
import { eraseDueAccounts } from '../../src/graph/identity/deletion/due.ts';
import { useApp } from '../support/app.ts';
import { callsWith, dataOf, join, makeNode, makePassword, makePerson, type Person } from './support.ts';

const app = useApp();

/** As Binboi's clients delete their account, by a key. */
async function remove({ account }: Person): Promise<void> {
  const key = await app.makeKey(account, 'BINBOI');
  const { status } = await app.request.delete('/api/v1/auth/me').auth(key, { type: 'bearer' });
  expect(status).toBe(204);
}

async function erase({ account }: Person): Promise<void> {
  const data = { deletionScheduledAt: new Date(Date.now() - 1) };
  await app.db.account.update({ where: { id: account.id }, data });
  await eraseDueAccounts(app.services);
  expect(await app.db.account.count({ where: { id: account.id } })).toBe(0);
}

/** An organization with a node and a shared password, and a second owner with a key that is bound to it. */
async function shared(options: { readonly ofTheirOwn: boolean }) {
  const [owner, second] = [await makePerson(app), await makePerson(app)];
  const organizationId = await join(app, second.account, owner, 'OWNER');
  if (options.ofTheirOwn) await makeNode(second, { name: 'Mine' });
  const node = await makeNode(owner);
  const { share_code: code } = await makePassword(owner, node.id);
  const { data } = await app.graphql(
    'mutation ($id: Int!) { createApiKey(input: { format: BINGO, organizationId: $id }) { text } }',
    { id: organizationId },
    await app.makeSession(second.account),
  );
  const bound = callsWith(app, data.createApiKey.text);
  return { owner, second, organizationId, node, bound, code: code as string };
}

describe('S10: an organization with a second owner outlives the account whose own it is', () => {
  it.each([false, true])('where that owner has one of their own: %s', async (ofTheirOwn) => {
    const { owner, second, organizationId, node, bound, code } = await shared({ ofTheirOwn });
    const works = async () => {
      expect(dataOf(await bound.get(`/nodes/${node.id}/`)).id).toBe(node.id);
      expect(dataOf(await bound.get('/organization/')).id).toBe(organizationId);
      expect((await app.request.get(`/api/v2/shared/${code}/`)).status).toBe(200);
    };
    await works();
    await remove(owner);
    await works();
    await erase(owner);
    await works();
    dataOf(await bound.patch(`/nodes/${node.id}/`, { name: 'Taken over' }));
    const row = await app.db.organization.findUniqueOrThrow({ where: { id: organizationId } });
    expect(row).toMatchObject({
      ownerId: ofTheirOwn ? null : second.account.id,
      // The address of the deleted person stands nowhere.
      contactEmail: second.account.email,
    });
    const own = dataOf(await second.get('/organization/')).id;
    expect(own === organizationId).toBe(!ofTheirOwn);
    expect(
      await app.db.securityEvent.count({
        where: {
          accountId: second.account.id,
          name: 'member_role_changed',
          targetId: String(organizationId),
        },
      }),
    ).toBe(1);
  });

  it('and keeps its last owner, until that account goes too', async () => {
    const { owner, second, organizationId, bound } = await shared({ ofTheirOwn: true });
    await remove(owner);
    await erase(owner);
    const { id } = await app.db.organizationMember.findFirstOrThrow({ where: { organizationId } });
    const put = await app.graphql(
      `mutation ($id: ID!, $of: Int!) {
        updateOrganizationMember(input: { organizationId: $of, id: $id, role: VIEWER }) { organizationMember { role } }
      }`,
      { id, of: organizationId },
      await app.makeSession(second.account),
    );
    expect(put.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(dataOf(await bound.get('/organization/')).plan).toBe('FREE');
    const third = await makePerson(app);
    await app.db.organizationMember.create({
      data: { id: crypto.randomUUID(), organizationId, accountId: third.account.id, role: 'VIEWER' },
    });
    await remove(second);
    await erase(second);
    expect(await app.db.organizationMember.findMany({ where: { organizationId } })).toMatchObject([
      { accountId: third.account.id, role: 'OWNER' },
    ]);
    await remove(third);
    await erase(third);
    expect(await app.db.organization.count({ where: { id: organizationId } })).toBe(0);
  });

  it('and without a second owner it goes with the account', async () => {
    const [owner, other] = [await makePerson(app), await makePerson(app)];
    const organizationId = await join(app, other.account, owner, 'ADMIN');
    await remove(owner);
    await erase(owner);
    expect(await app.db.organization.count({ where: { id: organizationId } })).toBe(0);
  });
});

it('S24: what was offered to the address of a deleted person is gone', async () => {
  const [owner, guest] = [await makePerson(app, { plan: 'PRO' }), await makePerson(app)];
  const { id: organizationId } = dataOf(await owner.get('/organization/'));
  const expiresAt = new Date(Date.now() + 3600_000);
  await app.db.organizationInvitation.create({
    data: {
      id: crypto.randomUUID(),
      organizationId,
      email: guest.account.email,
      role: 'VIEWER',
      hash: crypto.randomUUID(),
      expiresAt,
    },
  });
  await remove(guest);
  await erase(guest);
  expect(await app.db.organizationInvitation.count({ where: { email: guest.account.email } })).toBe(0);
});
