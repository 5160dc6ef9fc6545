import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { accountSecurityOf, codeOf } from '../support/accountSecurity.ts';
import { password, useApp } from '../support/app.ts';

const app = useApp();
const { change, undo, verify, reset, signIn, mutate, tokenTo, mailsTo, rowOf, events } =
  accountSecurityOf(app);

const thief = 'Another passphrase 1';
let people = 0;
const fresh = (name: string) => `${name}${++people}@example.com`;
const isIn = async (credential: string) =>
  codeOf(await app.graphql('{ viewer { id } }', {}, credential)) === undefined;

/** An account whose address was changed by a session. */
async function changed() {
  const account = await app.makeAccount({ email: fresh('owner') });
  const session = await app.makeSession(account);
  const oldKey = await app.makeKey(account);
  const to = fresh('thief');
  expect(codeOf(await change(session, to))).toBeUndefined();
  return { account, session, oldKey, from: account.email, to };
}

describe('the owner of the old address', () => {
  it('is mailed a link that gives it back, proven as it was', async () => {
    const { account, from } = await changed();
    expect(await mailsTo(from, /was changed/)).toHaveLength(1);
    expect((await undo(await tokenTo(from, '/undo-address-change'))).data.undoAddressChange).toEqual({
      email: from,
      isPasswordWithdrawn: false,
    });
    const { email, emailVerifiedAt } = await rowOf(account);
    expect([email, emailVerifiedAt]).toEqual([from, account.emailVerifiedAt]);
    expect(await mailsTo(from, /has its address back/)).toHaveLength(1);
    expect(await events(account)).toEqual(['address_changed', 'address_change_undone']);
  });

  it('takes the account back from a thief who proved the new address by a reset (S4)', async () => {
    const { account, from, to, session } = await changed();
    await reset(to, thief);
    const stolen = await signIn(to, thief);
    const token = stolen.data.signIn.accessToken;
    const key = await mutate('createApiKey', { name: 'thief' }, 'text', token);
    await app.db.linkedIdentity.create({
      data: { id: newId(), accountId: account.id, provider: 'GOOGLE', subject: newId(), email: to },
    });
    const undone = await undo(await tokenTo(from, '/undo-address-change'));
    expect(undone.data.undoAddressChange).toEqual({ email: from, isPasswordWithdrawn: true });
    expect(await isIn(token)).toBe(false);
    expect(await isIn(session)).toBe(false);
    expect(await isIn(key.data.createApiKey.text)).toBe(false);
    expect(codeOf(await signIn(from, thief))).toBe('SIGN_IN_FAILED');
    expect(await app.db.linkedIdentity.count({ where: { accountId: account.id } })).toBe(0);
    await reset(from, 'The owner is back 1');
    expect(codeOf(await signIn(from, 'The owner is back 1'))).toBeUndefined();
  });

  it('takes the account back from a thief who also had it deleted by Binboi, which releases the address', async () => {
    const { account, session, from, to } = await changed();
    await app.request.delete('/binboi/api/v1/auth/me').set('authorization', `Bearer ${session}`).expect(204);
    expect(codeOf(await mutate('register', { email: to, password }, 'account { id }'))).toBeUndefined();
    expect(codeOf(await undo(await tokenTo(from, '/undo-address-change')))).toBeUndefined();
    const { email, deletionRequestedAt, releasedEmail } = await rowOf(account);
    expect([email, deletionRequestedAt, releasedEmail]).toEqual([from, null, null]);
    expect(codeOf(await signIn(from, password))).toBeUndefined();
  });

  it('keeps the keys that are older than the change, and ends those made since', async () => {
    const { from, session, oldKey } = await changed();
    const { data } = await mutate('createApiKey', { name: 'since' }, 'text', session);
    await undo(await tokenTo(from, '/undo-address-change'));
    expect([await isIn(oldKey), await isIn(data.createApiKey.text), await isIn(session)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('undoes once, within seven days', async () => {
    const { account, from } = await changed();
    const token = await tokenTo(from, '/undo-address-change');
    await app.db.addressChange.updateMany({
      where: { accountId: account.id },
      data: { expiresAt: new Date() },
    });
    expect(codeOf(await undo(token))).toBe('SECRET_EXPIRED');
    await app.db.addressChange.updateMany({
      where: { accountId: account.id },
      data: { expiresAt: new Date(Date.now() + 7 * 24 * 3600_000) },
    });
    expect(codeOf(await undo(token))).toBeUndefined();
    expect(codeOf(await undo(token))).toBe('SECRET_INVALID');
    expect(codeOf(await undo('made up'))).toBe('SECRET_INVALID');
  });

  it('cancels later changes: after A, B, C the link of A restores A, and that of B is void', async () => {
    const { account, session, from, to } = await changed();
    await verify(await tokenTo(to, '/verify-email'), session);
    const last = fresh('thief');
    expect(codeOf(await change(session, last))).toBeUndefined();
    const ofB = await tokenTo(to, '/undo-address-change');
    expect(codeOf(await undo(await tokenTo(from, '/undo-address-change')))).toBeUndefined();
    expect(codeOf(await undo(ofB))).toBe('SECRET_INVALID');
    expect((await rowOf(account)).email).toBe(from);
  });

  it('voids what was mailed to the new address', async () => {
    const { account, from, to } = await changed();
    await mutate('requestPasswordReset', { email: to }, 'accepted');
    const [link, resetToken] = [await tokenTo(to, '/verify-email'), await tokenTo(to, '/reset-password')];
    await undo(await tokenTo(from, '/undo-address-change'));
    expect(codeOf(await verify(link))).toBe('SECRET_INVALID');
    const late = await mutate('resetPassword', { token: resetToken, newPassword: thief }, 'accountId');
    expect(codeOf(late)).toBe('SECRET_INVALID');
    expect((await rowOf(account)).email).toBe(from);
  });

  it('is not asked where the old address was never proven', async () => {
    const account = await app.makeAccount({ email: fresh('typed'), verified: false });
    await change(await app.makeSession(account), fresh('typed'));
    expect(await app.db.addressChange.count({ where: { accountId: account.id } })).toBe(0);
    expect(await mailsTo(account.email, /./)).toEqual([]);
  });
});

describe('an address that can be given back', () => {
  it('is EMAIL_TAKEN to others in every API, and free for its own account', async () => {
    const { account, session, from } = await changed();
    const other = await app.makeSession(await app.makeAccount({ email: fresh('other') }));
    expect(codeOf(await change(other, from))).toBe('EMAIL_TAKEN');
    expect(codeOf(await mutate('register', { email: from, password }, 'account { id }'))).toBe('EMAIL_TAKEN');
    const opened = { email: from, password: 'Correct1horse', displayName: 'X' };
    expect(codeOf(await mutate('openAccount', opened, 'accessToken'))).toBe('EMAIL_TAKEN');
    const administrator = await app.makeSession(
      await app.makeAccount({ email: fresh('root'), administrator: true }),
    );
    const vouched = await mutate('createAccount', { email: from, password }, 'account { id }', administrator);
    expect(codeOf(vouched)).toBe('EMAIL_TAKEN');
    const at = (path: string, body: object) => app.request.post(path).send(body);
    const statuses = [
      await at('/binboi/api/auth/register', { email: from, password }),
      await at('/restume/v1/auth/register', { username: 'someone.new', email: from, password }),
      await at('/openbin/api/auth/register', opened),
    ].map(({ status }) => status);
    expect(statuses).toEqual([409, 409, 409]);
    expect(codeOf(await change(session, from))).toBeUndefined();
    expect((await rowOf(account)).email).toBe(from);
  });

  it('is free once the seven days are over', async () => {
    const { account, from } = await changed();
    await app.db.addressChange.updateMany({
      where: { accountId: account.id },
      data: { expiresAt: new Date() },
    });
    expect(codeOf(await mutate('register', { email: from, password }, 'account { id }'))).toBeUndefined();
  });
});

describe('until a new address is proven', () => {
  it('the account keeps its rights: it signs in with it where a proven address is asked', async () => {
    const { to } = await changed();
    expect(codeOf(await signIn(to, password))).toBeUndefined();
    const binboi = await app.request.post('/binboi/api/auth/login').send({ email: to, password });
    const restume = await app.request.post('/restume/v1/auth/login').send({ username: to, password });
    expect([binboi.status, restume.status]).toEqual([200, 200]);
  });

  it('shows it as not proven', async () => {
    const { session } = await changed();
    const { data } = await app.graphql('{ viewer { emailVerified } }', {}, session);
    expect(data.viewer.emailVerified).toBe(false);
  });
});

describe('the proof of a new address', () => {
  it('from a session of the account ends nothing', async () => {
    const { account, session, oldKey, to } = await changed();
    expect(codeOf(await verify(await tokenTo(to, '/verify-email'), session))).toBeUndefined();
    expect([await isIn(session), await isIn(oldKey)]).toEqual([true, true]);
    const row = await rowOf(account);
    expect(row.emailVerifiedAt).not.toBeNull();
    expect(row.firstProvenAt).toEqual(account.firstProvenAt);
    expect(await events(account)).toEqual(['address_changed', 'address_proven']);
  });

  it.each([
    'nobody',
    'a key of the account',
    'a session of another account',
  ])('from %s ends sessions and keys', async (who) => {
    const { session, oldKey, to } = await changed();
    const other = await app.makeSession(await app.makeAccount({ email: fresh('other') }));
    const by = who === 'nobody' ? undefined : who.startsWith('a key') ? oldKey : other;
    expect(codeOf(await verify(await tokenTo(to, '/verify-email'), by))).toBeUndefined();
    expect([await isIn(session), await isIn(oldKey)]).toEqual([false, false]);
  });

  it('from a session of an account that never proven one is a first proof all the same', async () => {
    const account = await app.makeAccount({ email: fresh('typed'), verified: false });
    const [session, key] = [await app.makeSession(account), await app.makeKey(account)];
    await mutate('resendVerification', { email: account.email }, 'accepted');
    await verify(await tokenTo(account.email, '/verify-email'), session);
    expect([await isIn(session), await isIn(key)]).toEqual([false, false]);
  });
});

describe('at the same moment', () => {
  it('two changes leave one address, and the way back to the proven one', async () => {
    const account = await app.makeAccount({ email: fresh('owner') });
    const session = await app.makeSession(account);
    const targets = [fresh('b'), fresh('c'), fresh('d'), fresh('e')];
    const answers = await Promise.all(targets.map((to) => change(session, to)));
    expect(answers.map(codeOf)).toEqual(targets.map(() => undefined));
    // Only the first one left a proven address.
    expect(await app.db.addressChange.count({ where: { accountId: account.id } })).toBe(1);
    await undo(await tokenTo(account.email, '/undo-address-change'));
    expect((await rowOf(account)).email).toBe(account.email);
  });

  it('a change and an undo end with the old address, or with a change that can be undone again', async () => {
    const { account, session, from } = await changed();
    const token = await tokenTo(from, '/undo-address-change');
    const [undone, again] = await Promise.all([undo(token), change(session, fresh('thief'))]);
    expect(codeOf(undone)).toBeUndefined();
    // The change came first and was cancelled, or came too late for its session.
    expect([undefined, 'SESSION_REVOKED', 'CREDENTIAL_INVALID', 'UNAUTHENTICATED']).toContain(codeOf(again));
    expect((await rowOf(account)).email).toBe(from);
  });

  it('ten undo once', async () => {
    const { from } = await changed();
    const token = await tokenTo(from, '/undo-address-change');
    const answers = await Promise.all(Array.from({ length: 10 }, () => undo(token)));
    expect(answers.filter((answer) => codeOf(answer) === undefined)).toHaveLength(1);
    expect(await mailsTo(from, /has its address back/)).toHaveLength(1);
  });

  it('nobody registers the address that is being left', async () => {
    for (let round = 0; round < 5; round++) {
      const account = await app.makeAccount({ email: fresh('owner') });
      const session = await app.makeSession(account);
      const registering = mutate('register', { email: account.email, password }, 'account { id }');
      const [moved, registered] = await Promise.all([change(session, fresh('next')), registering]);
      expect([codeOf(moved), codeOf(registered)]).toEqual([undefined, 'EMAIL_TAKEN']);
    }
  });
});
