import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { googleAccount } from '../../src/graph/identity/federated/googleAccount.ts';
import { makeNode, makePassword, makePerson } from '../bingo/support.ts';
import { accountSecurityOf, codeOf } from '../support/accountSecurity.ts';
import { password, useApp } from '../support/app.ts';

const app = useApp();
const { change, disown, verify, reset, signIn, mutate, tokenTo, mailsTo, rowOf, events, undo } =
  accountSecurityOf(app);

const own = 'The real owner 1';
let people = 0;
const fresh = (name: string) => `${name}${++people}@example.com`;
const isIn = async (credential: string) =>
  codeOf(await app.graphql('{ viewer { id } }', {}, credential)) === undefined;
const context = () => ({
  db: app.db,
  services: app.services,
  caller: null,
  request: { id: 'test', address: '127.0.0.1', userAgent: undefined, origin: () => app.url },
});
const byGoogle = (email: string, subject = newId()) =>
  googleAccount(context(), { subject, email, name: 'Victim', isAuthoritative: true });
const keysAlive = ({ id }: Account) => app.db.apiKey.count({ where: { accountId: id, revokedAt: null } });

/** An account with an address that somebody typed, and never proved. */
async function typed() {
  const account = await app.makeAccount({ email: fresh('victim'), verified: false });
  return { account, session: await app.makeSession(account), key: await app.makeKey(account, 'OPENBIN') };
}

/** A location that an account has made, with a friend of theirs. */
async function locationOf(account: Account, role: 'ADMIN' | 'MEMBER' = 'ADMIN') {
  const session = await app.makeSession(account);
  const { data } = await mutate('createLocation', { name: 'Shed' }, 'location { id inviteCode }', session);
  const friend = await app.makeAccount({ email: fresh('friend') });
  const { id: locationId, inviteCode } = data.createLocation.location;
  await app.db.membership.create({
    data: { id: newId(), locationId, accountId: friend.id, role },
  });
  return { locationId, inviteCode, friend, friendSession: await app.makeSession(friend) };
}

async function proveBy(kind: string, { email }: Account) {
  if (kind === 'RESET') return void (await reset(email, own));
  if (kind === 'GOOGLE') return void (await byGoogle(email));
  const method = kind === 'LINK' ? 'LINK' : 'CODE';
  await mutate('resendVerification', { email, method }, 'accepted');
  if (kind === 'LINK') return void (await verify(await tokenTo(email, '/verify-email')));
  const code = /\b\d{6}\b/.exec((await mailsTo(email, /code/)).at(-1)?.text ?? '')?.[0];
  expect(codeOf(await mutate('verifyEmailCode', { email, code }, 'account { id }'))).toBeUndefined();
}

describe('what an earlier registrant set up ends at the first proof (S6)', () => {
  it.each([
    'LINK',
    'CODE',
    'RESET',
    'GOOGLE',
  ])('sessions, keys and linked identities: by %s', async (kind) => {
    const { account, session, key } = await typed();
    await app.db.linkedIdentity.create({
      data: {
        id: newId(),
        accountId: account.id,
        provider: 'GOOGLE',
        subject: newId(),
        email: 'x@evil.example',
      },
    });
    await proveBy(kind, account);
    expect([await isIn(session), await isIn(key), await keysAlive(account)]).toEqual([false, false, 0]);
    const identities = await app.db.linkedIdentity.findMany({ where: { accountId: account.id } });
    expect(identities.map(({ email }) => email)).toEqual(kind === 'GOOGLE' ? [account.email] : []);
    expect(await events(account)).toEqual(
      expect.arrayContaining(['key_revoked', 'identity_unlinked', 'sessions_ended', 'address_proven']),
    );
  });

  it.each([
    ['RESET', false],
    ['GOOGLE', false],
    ['LINK', true],
    ['CODE', true],
  ])('the password: by %s it works on: %s', async (kind, works) => {
    const { account } = await typed();
    await proveBy(kind, account);
    expect(codeOf(await signIn(account.email, password)) === undefined).toBe(works);
  });

  it('a co-administrator of a location gets no token to reset the password, and no token that was shown before works', async () => {
    const { account } = await typed();
    const { locationId, friendSession } = await locationOf(account);
    const input = { locationId, accountId: account.id };
    const before = await mutate('resetMemberPassword', input, 'token', friendSession);
    await proveBy('LINK', account);
    const after = await mutate('resetMemberPassword', input, 'token', friendSession);
    expect(after.data.resetMemberPassword.token).toBeNull();
    const { token } = before.data.resetMemberPassword;
    if (token === null) return;
    const used = await mutate('resetPassword', { token, newPassword: own }, 'accountId');
    expect(codeOf(used)).toBe('SECRET_INVALID');
  });

  it('a co-owner of the VPN organization is out once the owner of a changed address proves it by a reset', async () => {
    const attacker = await makePerson(app);
    const node = await makeNode(attacker);
    const shared = await makePassword(attacker, node.id, { name: 'phone' });
    const { id: organizationId } = await app.db.organization.findUniqueOrThrow({
      where: { ownerId: attacker.account.id },
    });
    const friend = await makePerson(app);
    await app.db.organizationMember.create({
      data: { id: newId(), organizationId, accountId: friend.account.id, role: 'OWNER' },
    });
    const bound = await mutate(
      'createApiKey',
      { name: 'bound', organizationId },
      'text',
      await app.makeSession(friend.account),
    );
    const names = (by: string) =>
      app.graphql(`{ organization(organizationId: ${organizationId}) { name } }`, {}, by);
    expect(codeOf(await names(friend.token))).toBeUndefined();

    const victim = fresh('victim');
    expect(codeOf(await change(await app.makeSession(attacker.account), victim))).toBeUndefined();
    await reset(victim, own);
    const members = await app.db.organizationMember.findMany({ where: { organizationId } });
    expect(members.map(({ accountId }) => accountId)).toEqual([attacker.account.id]);
    expect(codeOf(await names(friend.token))).toBe('NOT_FOUND');
    expect(await isIn(bound.data.createApiKey.text)).toBe(false);
    expect(await isIn(attacker.token)).toBe(false);
    // The node's password has another share code.
    const old = await app.request.get(`/bingo/api/v2/shared/${shared.share_code}/`);
    expect(old.status).toBe(404);
    const row = await app.db.vpnPassword.findFirstOrThrow({ where: { nodeId: node.id } });
    expect(row.shareCode).toMatch(/^[0-9A-Za-z]{22}$/);
    expect(row.shareCode).not.toBe(shared.share_code);
  });

  it('keys made before a later reset die when the reset is the first proof', async () => {
    const { account, key } = await typed();
    await reset(account.email, own);
    expect([await isIn(key), await keysAlive(account)]).toEqual([false, 0]);
  });

  it('keys stay at a reset of an address that is proven', async () => {
    const account = await app.makeAccount({ email: fresh('owner') });
    const key = await app.makeKey(account);
    await reset(account.email, own);
    expect(await isIn(key)).toBe(true);
  });

  it('the invite codes of locations that the account administers lead nowhere', async () => {
    const { account } = await typed();
    const { inviteCode, locationId } = await locationOf(account);
    await proveBy('LINK', account);
    const stranger = await app.makeSession(await app.makeAccount({ email: fresh('stranger') }));
    const joined = await mutate('joinLocation', { inviteCode }, 'location { id }', stranger);
    expect(codeOf(joined)).toBe('NOT_FOUND');
    const { inviteCode: next } = await app.db.location.findUniqueOrThrow({ where: { id: locationId } });
    expect(next).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('who belongs to the locations of the account', () => {
  const membersOf = async (locationId: string) =>
    (await app.db.membership.findMany({ where: { locationId } })).map(({ accountId }) => accountId);
  const remove = (token: string) => mutate('removeReviewedMembers', { token }, 'removedCount');

  it('stays, is listed in a mail, and is removed by its link, once', async () => {
    const { account } = await typed();
    const { locationId, friend } = await locationOf(account);
    await app.db.account.update({ where: { id: friend.id }, data: { activeLocationId: locationId } });
    await proveBy('LINK', account);
    expect(await membersOf(locationId)).toContain(friend.id);
    const [mail] = await mailsTo(account.email, /belongs to your locations/);
    expect(mail?.text).toContain(`${friend.email}, admin of "Shed"`);
    const token = await tokenTo(account.email, '/review-members');
    const later = await app.makeAccount({ email: fresh('later') });
    await app.db.membership.create({
      data: { id: newId(), locationId, accountId: later.id, role: 'MEMBER' },
    });
    expect((await remove(token)).data.removeReviewedMembers.removedCount).toBe(1);
    expect((await membersOf(locationId)).sort()).toEqual([account.id, later.id].sort());
    expect((await rowOf(friend)).activeLocationId).toBeNull();
    expect(codeOf(await remove(token))).toBe('SECRET_INVALID');
  });

  it('stays where the account administers the location no more', async () => {
    const { account } = await typed();
    const { locationId, friend } = await locationOf(account);
    await proveBy('LINK', account);
    const token = await tokenTo(account.email, '/review-members');
    await app.db.membership.updateMany({ where: { accountId: account.id }, data: { role: 'MEMBER' } });
    expect((await remove(token)).data.removeReviewedMembers.removedCount).toBe(0);
    expect(await membersOf(locationId)).toContain(friend.id);
  });

  it('is not mailed to an owner who is alone', async () => {
    const { account } = await typed();
    await proveBy('LINK', account);
    expect(await mailsTo(account.email, /belongs to your locations/)).toEqual([]);
  });
});

describe('the link "this was not me"', () => {
  it.each([
    'LINK',
    'CODE',
  ] as const)('in the mail with a %s deletes the unproven account', async (verification) => {
    const email = fresh('victim');
    const { data } = await mutate('register', { email, password, verification }, 'account { id }');
    const { id } = data.register.account;
    expect((await disown(await tokenTo(email, '/disown-account'))).data.disownAccount).toEqual({
      deletedAccountId: id,
    });
    expect(await app.db.account.count({ where: { id } })).toBe(0);
    expect(codeOf(await mutate('register', { email, password }, 'account { id }'))).toBeUndefined();
    const [event] = await app.db.securityEvent.findMany({
      where: { accountId: id, name: 'account_disowned' },
    });
    expect(event).toMatchObject({ targetName: null, actorName: null });
  });

  it('deletes no account that has proven an address, whatever was proven first', async () => {
    const { account } = await typed();
    await mutate('resendVerification', { email: account.email }, 'accepted');
    const token = await tokenTo(account.email, '/disown-account');
    await verify(await tokenTo(account.email, '/verify-email'));
    expect(codeOf(await disown(token))).toBe('SECRET_INVALID');
    expect(await rowOf(account)).toBeTruthy();
  });

  it('is not in the mail to a new address of a proven account', async () => {
    const account = await app.makeAccount({ email: fresh('owner') });
    const to = fresh('next');
    await change(await app.makeSession(account), to);
    const [mail] = await mailsTo(to, /Confirm/);
    expect(mail?.text).toContain('/verify-email?token=');
    expect(mail?.text).not.toContain('disown');
  });

  it('leaves a shared location to its other members', async () => {
    const { account } = await typed();
    const { locationId, friend } = await locationOf(account, 'MEMBER');
    await mutate('resendVerification', { email: account.email }, 'accepted');
    await disown(await tokenTo(account.email, '/disown-account'));
    const members = await app.db.membership.findMany({ where: { locationId } });
    expect(members).toMatchObject([{ accountId: friend.id, role: 'ADMIN' }]);
  });

  it('and a proof at the same moment: one of the two happens', async () => {
    for (let round = 0; round < 5; round++) {
      const { account } = await typed();
      await mutate('resendVerification', { email: account.email }, 'accepted');
      const [link, no] = [
        await tokenTo(account.email, '/verify-email'),
        await tokenTo(account.email, '/disown-account'),
      ];
      const [proven, disowned] = await Promise.all([verify(link), disown(no)]);
      const done = [proven, disowned].filter((answer) => codeOf(answer) === undefined);
      expect(done).toHaveLength(1);
      const left = await app.db.account.count({ where: { id: account.id } });
      expect(left).toBe(codeOf(proven) === undefined ? 1 : 0);
    }
  });
});

describe('Google', () => {
  it('gives no account to an address that another account can still take back', async () => {
    const account = await app.makeAccount({ email: fresh('owner') });
    await change(await app.makeSession(account), fresh('thief'));
    await expect(byGoogle(account.email)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
    await undo(await tokenTo(account.email, '/undo-address-change'));
    expect((await byGoogle(account.email)).id).toBe(account.id);
  });

  it('replaces an identity that was linked before the address was proven', async () => {
    const attacker = await byGoogle(fresh('evil'), 'evil-subject');
    const victim = fresh('victim');
    await change(await app.makeSession(attacker), victim);
    const taken = await byGoogle(victim, 'victim-subject');
    expect(taken.id).toBe(attacker.id);
    const linked = await app.db.linkedIdentity.findMany({ where: { accountId: taken.id } });
    expect(linked.map(({ subject }) => subject)).toEqual(['victim-subject']);
  });
});

it('a key that is being made while the address is proven does not survive', async () => {
  for (let round = 0; round < 5; round++) {
    const { account, session } = await typed();
    await mutate('resendVerification', { email: account.email }, 'accepted');
    const link = await tokenTo(account.email, '/verify-email');
    const key = mutate('createApiKey', { name: 'late', format: 'OPENBIN' }, 'text', session);
    const [, proven] = await Promise.all([key, verify(link)]);
    expect(codeOf(proven)).toBeUndefined();
    expect(await keysAlive(account)).toBe(0);
  }
});
