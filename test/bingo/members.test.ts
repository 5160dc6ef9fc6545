import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { useApp } from '../support/app.ts';
import { boundToken, callsWith, dataOf, expectError, join, makePerson, type Person } from './support.ts';

const app = useApp();

const invite = `mutation ($email: String!, $role: MemberRole!, $organizationId: Int) {
  inviteOrganizationMember(input: { email: $email, role: $role, organizationId: $organizationId }) {
    organizationInvitation { id email role }
  }
}`;
const accept = `mutation ($token: String!) { acceptOrganizationInvitation(input: { token: $token }) { organization { id role } } }`;
const members = `query ($id: Int) { organization(organizationId: $id) {
  members { nodes { id name email role } } invitations { nodes { email role } }
} }`;
const setRole = `mutation ($o: Int, $id: ID!, $role: MemberRole!) {
  updateOrganizationMember(input: { organizationId: $o, id: $id, role: $role }) { organizationMember { role } }
}`;
const remove = `mutation ($o: Int, $id: ID!) {
  removeOrganizationMember(input: { organizationId: $o, id: $id }) { deletedOrganizationMemberId }
}`;

async function run(person: Person, query: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await app.graphql(query, variables, person.token);
  return errors ? { code: errors[0]?.extensions.code } : data;
}

async function tokenMailedTo(email: string): Promise<string> {
  const { text } = await app.mailTo(email);
  return /^[0-9A-Za-z]{43}$/m.exec(text)?.[0] ?? '';
}

async function membershipOf(person: Person, organizationId: number): Promise<string> {
  const row = await app.db.organizationMember.findUniqueOrThrow({
    where: { organizationId_accountId: { organizationId, accountId: person.account.id } },
  });
  return row.id;
}

describe('an invitation', () => {
  it('makes the owner of the address a member, once, by the token from the mail', async () => {
    const owner = await makePerson(app, { name: 'Olga' });
    const bob = await makePerson(app, { email: 'bob@example.com' });
    expect(await run(owner, invite, { email: ' BOB@example.com', role: 'ADMIN' })).toMatchObject({
      inviteOrganizationMember: { organizationInvitation: { email: 'bob@example.com', role: 'ADMIN' } },
    });
    const { id } = dataOf(await owner.get('/organization/'));
    const token = await tokenMailedTo('bob@example.com');
    expect(await run(bob, accept, { token })).toEqual({
      acceptOrganizationInvitation: { organization: { id, role: 'ADMIN' } },
    });
    expect(await run(bob, accept, { token })).toEqual({ code: 'SECRET_INVALID' });
    expect(await run(owner, members)).toMatchObject({
      organization: {
        members: {
          nodes: [
            { name: 'Olga', role: 'OWNER' },
            { email: 'bob@example.com', role: 'ADMIN' },
          ],
        },
        invitations: { nodes: [] },
      },
    });
    expect(await run(bob, '{ viewer { organizations { nodes { id role } } } }')).toMatchObject({
      viewer: { organizations: { nodes: expect.arrayContaining([{ id, role: 'ADMIN' }]) } },
    });
  });

  it('is of no use to somebody else, when it was replaced, taken back or has ended', async () => {
    const owner = await makePerson(app);
    const eve = await makePerson(app);
    const carl = await makePerson(app, { email: 'carl@example.com' });
    await run(owner, invite, { email: 'carl@example.com', role: 'VIEWER' });
    const first = await tokenMailedTo('carl@example.com');
    expect(await run(eve, accept, { token: first })).toEqual({ code: 'SECRET_INVALID' });
    const again = await run(owner, invite, {
      email: 'carl@example.com',
      role: 'VIEWER',
    });
    const second = again.inviteOrganizationMember.organizationInvitation;
    await app.mails();
    expect(await run(carl, accept, { token: first })).toEqual({ code: 'SECRET_INVALID' });
    const token = await tokenMailedTo('carl@example.com');
    await app.db.organizationInvitation.update({
      where: { id: second.id },
      data: { expiresAt: new Date(0) },
    });
    expect(await run(carl, accept, { token })).toEqual({ code: 'SECRET_EXPIRED' });
    await app.db.organizationInvitation.update({
      where: { id: second.id },
      data: { expiresAt: new Date(Date.now() + 1e6) },
    });
    const revoke = `mutation ($id: ID!) {
      revokeOrganizationInvitation(input: { id: $id }) { deletedOrganizationInvitationId }
    }`;
    expect(await run(eve, revoke, { id: second.id })).toEqual({ code: 'NOT_FOUND' });
    expect(await run(owner, revoke, { id: second.id })).toEqual({
      revokeOrganizationInvitation: { deletedOrganizationInvitationId: second.id },
    });
    expect(await run(carl, accept, { token })).toEqual({ code: 'SECRET_INVALID' });
  });

  it('makes one member of ten acceptances that come together', async () => {
    const owner = await makePerson(app);
    const dan = await makePerson(app, { email: 'dan@example.com' });
    await run(owner, invite, { email: 'dan@example.com', role: 'VIEWER' });
    const token = await tokenMailedTo('dan@example.com');
    const answers = await Promise.all(Array.from({ length: 10 }, () => run(dan, accept, { token })));
    expect(answers.filter((answer) => 'acceptOrganizationInvitation' in answer)).toHaveLength(1);
  });

  it('is not for who has not proven their own address: helpers would stay when its owner moves in', async () => {
    const squatter = await makePerson(app, { email: 'owner@example.com', verified: false });
    const email = 'helper@example.com';
    expect(await run(squatter, invite, { email, role: 'OWNER' })).toEqual({ code: 'EMAIL_NOT_VERIFIED' });
    expect(await app.db.organizationInvitation.count({ where: { email } })).toBe(0);
  });

  it('is not for members, not beyond a hundred, and not from viewers; only owners invite owners', async () => {
    const owner = await makePerson(app);
    const admin = await makePerson(app);
    const viewer = await makePerson(app);
    const organizationId = await join(app, admin.account, owner, 'ADMIN');
    await join(app, viewer.account, owner, 'VIEWER');
    const email = 'erin@example.com';
    expect(await run(viewer, invite, { organizationId, email, role: 'VIEWER' })).toEqual({
      code: 'FORBIDDEN',
    });
    expect(await run(admin, invite, { organizationId, email, role: 'OWNER' })).toEqual({ code: 'FORBIDDEN' });
    expect(await run(admin, invite, { organizationId, email, role: 'ADMIN' })).toMatchObject({});
    expect(await run(owner, invite, { email: viewer.account.email, role: 'ADMIN' })).toEqual({
      code: 'INVALID_INPUT',
    });
    expect(await run(owner, invite, { email: 'nobody', role: 'ADMIN' })).toEqual({ code: 'INVALID_INPUT' });
    expect((await run(viewer, members, { id: organizationId })).organization.invitations.nodes).toEqual([]);
    const expiresAt = new Date(Date.now() + 1e6);
    await app.db.organizationInvitation.createMany({
      data: Array.from({ length: 95 }, (_, i) => ({
        id: newId(),
        organizationId,
        email: `many${i}@example.com`,
        role: 'VIEWER' as const,
        hash: `many${i}`,
        expiresAt,
      })),
    });
    const both = await Promise.all(
      ['last@example.com', 'late@example.com'].map((address) =>
        run(owner, invite, { email: address, role: 'VIEWER' }),
      ),
    );
    expect(both.filter((answer) => answer.code === 'VPN_LIMIT_REACHED')).toHaveLength(1);
  });
});

describe('roles', () => {
  it('hold from the next request on', async () => {
    const owner = await makePerson(app);
    const bob = await makePerson(app);
    const o = await join(app, bob.account, owner, 'VIEWER');
    const bound = callsWith(app, await boundToken(app, bob.account, o));
    expectError(await bound.patch('/organization/', { name: 'x' }), 403);
    const id = await membershipOf(bob, o);
    expect(await run(owner, setRole, { id, role: 'ADMIN' })).toEqual({
      updateOrganizationMember: { organizationMember: { role: 'ADMIN' } },
    });
    dataOf(await bound.patch('/organization/', { name: 'x' }));
    expect(await run(owner, remove, { id })).toEqual({
      removeOrganizationMember: { deletedOrganizationMemberId: id },
    });
    expectError(await bound.get('/organization/'), 401);
  });

  it('of owners are the business of owners, and the first owner’s is nobody’s', async () => {
    const owner = await makePerson(app);
    const second = await makePerson(app);
    const admin = await makePerson(app);
    const o = await join(app, second.account, owner, 'OWNER');
    await join(app, admin.account, owner, 'ADMIN');
    const ids = {
      owner: await membershipOf(owner, o),
      second: await membershipOf(second, o),
      admin: await membershipOf(admin, o),
    };
    expect(await run(admin, setRole, { o, id: ids.admin, role: 'OWNER' })).toEqual({ code: 'FORBIDDEN' });
    expect(await run(admin, setRole, { o, id: ids.second, role: 'VIEWER' })).toEqual({ code: 'FORBIDDEN' });
    expect(await run(admin, remove, { o, id: ids.second })).toEqual({ code: 'FORBIDDEN' });
    expect(await run(second, setRole, { o, id: ids.owner, role: 'VIEWER' })).toEqual({ code: 'FORBIDDEN' });
    expect(await run(second, remove, { o, id: ids.owner })).toEqual({ code: 'FORBIDDEN' });
    expect(await run(owner, remove, { o, id: ids.owner })).toEqual({ code: 'FORBIDDEN' });
    expect(await run(second, setRole, { o, id: ids.admin, role: 'OWNER' })).toMatchObject({});
    const stranger = await makePerson(app);
    expect(await run(stranger, remove, { o, id: ids.admin })).toEqual({ code: 'NOT_FOUND' });
    expect(await run(stranger, remove, { id: ids.admin })).toEqual({ code: 'NOT_FOUND' });
  });

  it('end by leaving, and the bound tokens with them', async () => {
    const owner = await makePerson(app);
    const bob = await makePerson(app);
    const o = await join(app, bob.account, owner, 'VIEWER');
    const bound = callsWith(app, await boundToken(app, bob.account, o));
    dataOf(await bound.get('/organization/'));
    const leave = `mutation ($o: Int!) {
      leaveOrganization(input: { organizationId: $o }) { deletedOrganizationMemberId }
    }`;
    const id = await membershipOf(bob, o);
    expect(await run(bob, leave, { o })).toEqual({
      leaveOrganization: { deletedOrganizationMemberId: id },
    });
    expectError(await bound.get('/organization/'), 401);
    expect(await run(bob, leave, { o })).toEqual({ code: 'NOT_FOUND' });
    expect(await run(owner, leave, { o })).toEqual({ code: 'FORBIDDEN' });
    dataOf(await bob.get('/organization/'));
  });
});
