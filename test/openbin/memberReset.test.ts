import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Prisma } from '../../src/generated/sqlite/client.ts';
import { lockAccount } from '../../src/graph/core/lockAccount.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { startHousehold, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();

/** An account as a household sets it up for a member: registered at OpenBin, its address never proven, without keys. */
async function unproven(): Promise<Person> {
  const { account } = await home.person({ verified: false, origin: 'HOUSEHOLD' });
  await home.db.apiKey.deleteMany({ where: { accountId: account.id } });
  const session = await home.makeSession(account);
  return { account, key: session, session };
}
/** Somebody who belongs to the household. */
async function newMember(): Promise<Person> {
  const who = await unproven();
  await home.belong(who, home.locationId, 'MEMBER');
  return who;
}
const put = (data: Prisma.AccountUpdateInput) => (who: Person) =>
  home.db.account.update({ where: { id: who.account.id }, data });
const ask = (who: Person, as: Person = home.admin, locationId = home.locationId) =>
  home.call('post', `/locations/${locationId}/members/${who.account.id}/reset-password`, as.key);
const reset = (token: string, newPassword = 'Another1word') =>
  home.call('post', '/auth/reset-password').send({ token, newPassword });
const mailsTo = async (who: Person) =>
  (await home.mails()).filter(({ to }) => to.includes(who.account.email));

/** What makes an account of use elsewhere. */
const elsewhere: [string, (who: Person) => Promise<unknown>][] = [
  [
    'a member of somebody else’s location',
    async (who) => home.belong(who, (await home.location(home.stranger)).id, 'VIEWER'),
  ],
  ['with a location of their own', (who) => home.location(who, 'Mine')],
  ['with a key for another API', (who) => home.makeKey(who.account, 'BINBOI')],
  ['with a key for OpenBin', (who) => home.makeKey(who.account, 'OPENBIN')],
  ['with a proven address', put({ emailVerifiedAt: new Date(), firstProvenAt: new Date() })],
  ['with another address than the one that was proven', put({ firstProvenAt: new Date() })],
  ['with a user name', (who) => put({ userName: 'somebody', userNameKey: newId() })(who)],
  ['with another plan than FREE', put({ plan: 'PRO' })],
  ['who registered elsewhere than at OpenBin', put({ origin: 'STANDARD' })],
  [
    'with a private bin',
    async (who) => {
      const { locationId } = await home.db.membership.findFirstOrThrow({
        where: { accountId: who.account.id },
      });
      return home
        .call('post', '/bins', who.key)
        .send({ locationId, name: 'Diary', visibility: 'private' })
        .expect(201);
    },
  ],
  [
    'with a tunnel',
    (who) =>
      home.db.tunnel.create({
        data: { id: newId(), accountId: who.account.id, subdomain: newId(), target: 'http://localhost:1' },
      }),
  ],
  [
    'who signs in with Google as well',
    (who) =>
      home.db.linkedIdentity.create({
        data: {
          id: newId(),
          accountId: who.account.id,
          provider: 'GOOGLE',
          subject: who.account.id,
          email: 'x@example.com',
        },
      }),
  ],
  [
    'with an organization of devices',
    (who) =>
      home.db.organization.create({
        data: {
          ownerId: who.account.id,
          name: 'Devices',
          contactEmail: who.account.email,
          members: { create: { id: newId(), accountId: who.account.id, role: 'OWNER' } },
        },
      }),
  ],
];

describe('a token for a member’s password (8, 7.7)', () => {
  it('is shown to the administrator, once usable, and logged with the member’s address', async () => {
    const member = await newMember();
    const { body } = await ask(member).expect(200);
    expect(body.token).toMatch(/^[\w-]{43}$/);
    const [mail, ...others] = await mailsTo(member);
    expect([mail?.subject, others]).toEqual(['A new password can be set for your account', []]);
    expect(mail?.text).toContain(home.admin.account.email);
    expect(mail?.text).not.toContain(body.token);
    expect(await home.db.securityEvent.findMany({ where: { accountId: member.account.id } })).toMatchObject([
      {
        name: 'member_password_reset',
        actorId: home.admin.account.id,
        details: { locationId: home.locationId, shown: true },
      },
    ]);
    const { results } = await home.log(home.locationId, home.admin, '?entity_type=member');
    expect(results[0]).toMatchObject({
      action: 'reset_password',
      entity_id: member.account.id,
      entity_name: member.account.email,
    });
    const answers = await Promise.all(Array.from({ length: 4 }, () => reset(body.token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  });

  it('ends with a newer one and with one that the member asks for', async () => {
    const member = await newMember();
    const first = (await ask(member).expect(200)).body.token;
    const second = (await ask(member).expect(200)).body.token;
    await reset(first).expect(401);
    await home.call('post', '/auth/forgot-password').send({ email: member.account.email }).expect(200);
    const subjects = (await mailsTo(member)).map(({ subject }) => subject);
    expect(subjects).toEqual(['A new password can be set for your account', 'Set a new password']);
    await reset(second).expect(401);
  });

  it('works for two hours', async () => {
    const member = await newMember();
    const { token, expiresAt } = (await ask(member).expect(200)).body;
    const minutes = (new Date(expiresAt).getTime() - Date.now()) / 60_000;
    expect(Math.round(minutes)).toBe(120);
    await home.db.oneTimeSecret.updateMany({
      where: { accountId: member.account.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await reset(token).expect(401);
  });

  it('is shown for somebody who belongs to two locations of the same administrator', async () => {
    const member = await newMember();
    const { id } = await home.location(home.admin, 'Summer house');
    await home.belong(member, id, 'VIEWER');
    expect((await ask(member).expect(200)).body).toHaveProperty('token');
  });
});

it('S5: a member with a proven address, a user name, plan SCALE and private bins keeps the account', async () => {
  const victim = await newMember();
  await home
    .call('post', '/bins', victim.key)
    .send({ locationId: home.locationId, name: 'Diary', visibility: 'private' })
    .expect(201);
  const provenAt = new Date();
  await put({
    emailVerifiedAt: provenAt,
    firstProvenAt: provenAt,
    userName: 'victim',
    userNameKey: 'victim',
    plan: 'SCALE',
  })(victim);
  const { body } = await ask(victim).expect(200);
  expect(Object.keys(body)).toEqual(['message', 'expiresAt']);
  // What GraphQL tells is the same.
  const { data } = await home.graphql(
    `mutation ($location: ID!, $account: ID!) {
      resetMemberPassword(input: { locationId: $location, accountId: $account }) { token }
    }`,
    { location: home.locationId, account: victim.account.id },
    home.admin.key,
  );
  expect(data.resetMemberPassword).toEqual({ token: null });
  const mails = await mailsTo(victim);
  expect(mails.map(({ subject }) => subject)).toEqual(['Set a new password', 'Set a new password']);
  const hashes = await home.db.oneTimeSecret.findMany({ where: { accountId: victim.account.id } });
  expect(hashes).toMatchObject([{ purpose: 'PASSWORD_RESET', shownToId: null }]);
});

describe('who runs one household takes over nobody who is of use elsewhere', () => {
  it.each(
    elsewhere,
  )('%s: the link goes to the mailbox, and the administrator sees none', async (_who, happen) => {
    const member = await newMember();
    await happen(member);
    const { body } = await ask(member).expect(200);
    expect(body).toEqual({ message: expect.any(String), expiresAt: expect.stringMatching(/Z$/) });
    const [mail] = await mailsTo(member);
    const token = /token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
    await reset(token).expect(200);
    await home
      .call('post', '/auth/login')
      .send({ email: member.account.email, password: 'Another1word' })
      .expect(200);
  });

  it('nobody at all where the server is not self-hosted: every link is mailed (8)', async () => {
    const cloud = await startHousehold({ SELF_HOSTED: 'false' });
    const url = `/locations/${cloud.locationId}/members/${cloud.member.account.id}/reset-password`;
    const { body } = await cloud.call('post', url, cloud.admin.key).expect(200);
    expect(Object.keys(body)).toEqual(['message', 'expiresAt']);
    const [mail] = await cloud.mails();
    expect([mail?.to, /token=[\w-]{43}/.test(mail?.text ?? '')]).toEqual([
      expect.stringContaining(cloud.member.account.email),
      true,
    ]);
    expect((await cloud.call('get', '/auth/status')).body.selfHosted).toBe(false);
    await cloud.stop();
  });

  it('fills nobody’s mailbox: ten mails an hour, then 429', async () => {
    const limited = await startHousehold({ DISABLE_RATE_LIMIT: 'false' });
    await limited.location(limited.member, 'Mine');
    const url = `/locations/${limited.locationId}/members/${limited.member.account.id}/reset-password`;
    const statuses: number[] = [];
    for (let asked = 0; asked < 12; asked++)
      statuses.push((await limited.call('post', url, limited.admin.key)).status);
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
    expect(await limited.mails()).toHaveLength(10);
    await limited.stop();
  });
});

describe('a token that was shown is judged again when it is used', () => {
  const role = (of: Person, locationId: string, data: { role: 'MEMBER' | 'ADMIN' }) =>
    home.db.membership.update({
      where: { locationId_accountId: { locationId, accountId: of.account.id } },
      data,
    });
  const leave = (of: Person, locationId: string, as = of) =>
    home.call('delete', `/locations/${locationId}/members/${of.account.id}`, as.key).expect(200);

  type Change = (member: Person, admin: Person, locationId: string) => PromiseLike<unknown>;
  const ends: [string, Change][] = [
    ...elsewhere.map(([name, happen]): [string, Change] => [`the member is one ${name}`, happen]),
    ['the member left', (member, _admin, id) => leave(member, id)],
    ['the member was taken out', (member, admin, id) => leave(member, id, admin)],
    ['the administrator is none any more', (_member, admin, id) => role(admin, id, { role: 'MEMBER' })],
    [
      'the administrator left',
      async (_member, admin, id) => {
        await home.belong(home.stranger, id, 'ADMIN');
        await leave(admin, id);
      },
    ],
    ['the administrator is suspended', (_member, admin) => put({ active: false })(admin)],
    [
      'the administrator is deleted',
      (_member, admin) => home.db.account.delete({ where: { id: admin.account.id } }),
    ],
    ['the member administers the server', put({ administrator: true })],
  ];

  async function household() {
    const [admin, member] = [await home.person(), await unproven()];
    const { id } = await home.location(admin);
    await home.belong(member, id, 'MEMBER');
    const { token } = (await ask(member, admin, id).expect(200)).body;
    return { admin, member, id, token: token as string };
  }
  const passwordOf = async ({ account: { id } }: Person) =>
    (await home.db.account.findUniqueOrThrow({ where: { id } })).passwordHash;

  it.each(ends)('%s: it is refused like a used one, and withdrawn', async (_name, change) => {
    const { admin, member, id, token } = await household();
    const before = await passwordOf(member);
    await change(member, admin, id);
    const { body } = await reset(token).expect(401);
    expect(body).toEqual((await reset('unknown').expect(401)).body);
    expect(await passwordOf(member)).toBe(before);
    const live = { accountId: member.account.id, usedAt: null };
    expect(await home.db.oneTimeSecret.count({ where: live })).toBe(0);
  });

  it('also when things are as before again', async () => {
    const { admin, member, id, token } = await household();
    await home.belong(home.stranger, id, 'ADMIN');
    await role(admin, id, { role: 'MEMBER' });
    await reset(token).expect(401);
    await role(admin, id, { role: 'ADMIN' });
    await reset(token).expect(401);
    const other = await household();
    await leave(other.member, other.id);
    await home.belong(other.member, other.id, 'MEMBER');
    await reset(other.token).expect(401);
    await ask(member, admin, id).expect(200);
  });

  it('in the turn of the account: what was made meanwhile counts', async () => {
    const { member, token } = await household();
    const foreign = await home.location(home.stranger);
    const pending = await home.db.$transaction(async (tx) => {
      await lockAccount(tx, member.account.id);
      const answer = Promise.resolve(reset(token));
      await sleep(800);
      await tx.membership.create({
        data: { id: newId(), locationId: foreign.id, accountId: member.account.id, role: 'VIEWER' },
      });
      return { answer };
    });
    expect((await pending.answer).status).toBe(401);
  });

  it('works where nothing changed that matters', async () => {
    const { admin, member, id, token } = await household();
    await home.belong(home.stranger, id, 'ADMIN');
    await role(member, id, { role: 'ADMIN' });
    await home.belong(member, (await home.location(admin, 'Garage')).id, 'VIEWER');
    await reset(token).expect(200);
  });

  it('says nothing about one that was mailed: that is its owner’s, wherever they belong', async () => {
    const { admin, member, id } = await household();
    await home.location(member, 'Mine');
    await ask(member, admin, id).expect(200);
    const mail = (await mailsTo(member)).at(-1);
    await leave(member, id);
    await reset(/token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '').expect(200);
  });
});

describe('who may (8)', () => {
  it('administrators of this location, for members of it, and nobody for themselves', async () => {
    const member = await newMember();
    for (const who of [home.member, home.viewer, home.stranger]) await ask(member, who).expect(403);
    await ask(home.stranger).expect(404);
    await ask(home.admin).expect(422);
    await ask(member, home.admin, 'unknown').expect(403);
    expect(await home.db.oneTimeSecret.count({ where: { accountId: member.account.id } })).toBe(0);
    await ask(member).expect(200);
  });
});

it.each([
  ['was suspended', put({ active: false })],
  [
    'waits for the deletion',
    put({ deletionRequestedAt: new Date(), deletionScheduledAt: new Date(2999, 0) }),
  ],
])('no token of a member whose account %s is shown', async (_what, change) => {
  const who = await newMember();
  expect((await ask(who).expect(200)).body.token).toEqual(expect.any(String));
  await change(who);
  expect((await ask(who).expect(200)).body).not.toHaveProperty('token');
});
