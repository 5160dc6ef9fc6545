import { describe, expect, it } from 'vitest';
import { startTestApp, useApp } from '../support/app.ts';
import { withArrivalGate } from '../support/arrivalGate.ts';
import { useStarted } from '../support/started.ts';
import { startKeyServer } from './support/keyServer.ts';
import { password, person, restumeOf } from './support/restume.ts';

const google = useStarted(startKeyServer);
const app = useApp(() => google.env);
const restume = restumeOf(app);

const signIn = (credential: unknown, rest: object = {}) =>
  restume.post('/auth/google', { credential, ...rest });
const accountOf = (email: string) =>
  app.db.account.findUniqueOrThrow({ where: { email }, include: { identities: true } });

describe('POST /v1/auth/google', () => {
  it('signs somebody new up, verified, without password and without a key', async () => {
    const { status, body } = await signIn(await google.token('New@Example.com'));
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.stringMatching(/^eyJ/), token_type: 'bearer' });
    const me = await restume.get('/me/account', body.access_token).expect(200);
    expect(me.body).toEqual({
      username: null,
      email: 'new@example.com',
      email_verified: true,
      full_name: 'Ada Lovelace',
      google_linked: true,
      has_password: false,
      can_unlink_google: false,
      available_sign_in_methods: ['google'],
      plan: 'FREE',
      plan_source: 'default',
    });
    expect(await app.db.apiKey.count()).toBe(0);
    expect((await app.mails()).filter(({ to }) => to.includes('new@example.com'))).toEqual([]);
  });

  it('signs the same person in again, also when the address has changed at Google', async () => {
    const claims = { sub: 'person-1' };
    await signIn(await google.token('before@example.com', { claims })).expect(200);
    const { body } = await signIn(await google.token('after@example.com', { claims })).expect(200);
    const me = await restume.get('/me/account', body.access_token);
    expect(me.body.email).toBe('before@example.com');
    expect(await app.db.account.count({ where: { email: 'after@example.com' } })).toBe(0);
  });

  it('links a verified account with the same address and leaves it as it is', async () => {
    const { username, email, token } = await restume.join();
    const { raw_key } = await restume.makeKey(token);
    await signIn(await google.token(email)).expect(200);
    expect((await restume.get('/me/account', token).expect(200)).body).toMatchObject({
      google_linked: true,
      has_password: true,
      can_unlink_google: true,
      available_sign_in_methods: ['password', 'google'],
    });
    await restume.get('/me/account', raw_key).expect(200);
    await restume.login(username);
    expect((await accountOf(email)).identities).toHaveLength(1);
  });

  it('does not hand an account to the next holder of its address', async () => {
    await signIn(await google.token('desk@example.com', { claims: { sub: 'first-holder' } })).expect(200);
    const { status, body } = await signIn(
      await google.token('desk@example.com', { claims: { sub: 'next-holder' } }),
    );
    expect([status, body]).toEqual([409, { detail: expect.stringContaining('another identity') }]);
  });

  it('answers 403 for an account that was switched off, linked or not, and does not link it', async () => {
    const { email, id } = await app.makeAccount();
    await app.db.account.update({ where: { id }, data: { active: false } });
    await signIn(await google.token(email)).expect(403);
    expect((await accountOf(email)).identities).toEqual([]);
    await signIn(await google.token('off@example.com')).expect(200);
    await app.db.account.update({ where: { email: 'off@example.com' }, data: { active: false } });
    await signIn(await google.token('off@example.com')).expect(403);
  });

  it('makes one account of many first sign-ins at once', async () => {
    const token = await google.token('race@example.com');
    const answers = await withArrivalGate(app, { model: 'account', operation: 'findUnique', count: 10 }, () =>
      Promise.all(Array.from({ length: 10 }, () => signIn(token))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await accountOf('race@example.com')).identities).toHaveLength(1);
  });

  it('links once when many sign in to an account at once', async () => {
    const { email } = await app.makeAccount();
    const token = await google.token(email);
    const answers = await withArrivalGate(
      app,
      { model: 'linkedIdentity', operation: 'findUnique', count: 10 },
      () => Promise.all(Array.from({ length: 10 }, () => signIn(token))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await accountOf(email)).identities).toHaveLength(1);
  });

  it('copes with a name that no database takes', async () => {
    const claims = { name: 'A\u0000da', sub: 'strange-name' };
    await signIn(await google.token('strange@example.com', { claims })).expect(200);
    expect((await accountOf('strange@example.com')).name).toBe('A da');
  });

  it('is offered by the graph too', async () => {
    const idToken = await google.token('graph@example.com');
    const { data } = await app.graphql(
      `mutation ($idToken: String!) {
        signInWithGoogle(input: { idToken: $idToken }) {
          accessToken
          refreshToken
          account { email signInMethods linkedIdentities { provider email } }
        }
      }`,
      { idToken },
    );
    expect(data.signInWithGoogle).toMatchObject({
      refreshToken: expect.any(String),
      account: {
        email: 'graph@example.com',
        signInMethods: ['GOOGLE'],
        linkedIdentities: [{ provider: 'GOOGLE', email: 'graph@example.com' }],
      },
    });
  });

  it.each([
    [undefined, 'missing'],
    ['', 'missing'],
    [7, 'type_error'],
  ])('answers 422 for the credential %j', async (credential, type) => {
    const { status, body } = await signIn(credential);
    expect(status).toBe(422);
    expect(body.detail).toEqual([{ loc: ['body', 'credential'], msg: expect.any(String), type }]);
  });
});

describe('an account whose address was never proven', () => {
  /** A stranger has registered the owner's address and left a session and a key in the account. */
  async function hijacked() {
    const who = person();
    await restume.post('/auth/register', who).expect(201);
    const account = await accountOf(who.email);
    const session = await app.makeSession(account);
    const key = await app.makeKey(account, 'RESTUME');
    await restume.get('/me/account', session).expect(403);
    await restume.get('/me/account', key).expect(403);
    return { ...who, session, key };
  }

  it('is taken from whoever made it when Google proves the address', async () => {
    const { username, email, session, key } = await hijacked();
    const { body } = await signIn(await google.token(email)).expect(200);
    await restume.get('/me/account', session).expect(401);
    await restume.get('/me/account', key).expect(401);
    await restume.post('/auth/login', { username, password }).expect(401);
    await restume.post('/auth/login', { username: email, password }).expect(401);
    const me = await restume.get('/me/account', body.access_token).expect(200);
    expect(me.body).toMatchObject({ email, email_verified: true, has_password: false, google_linked: true });
  });

  it('loses sessions and keys, and gets a new password, when a reset proves the address', async () => {
    const { username, email, session, key } = await hijacked();
    await restume.post('/auth/forgot-password', { email }).expect(200);
    const mail = (await app.mails()).findLast(({ to }) => to.includes(email));
    const token = /[?&]token=([0-9a-f]{48})/.exec(mail?.text ?? '')?.[1];
    await restume.post('/auth/reset-password', { token, new_password: 'only the owner knows' }).expect(200);
    await restume.get('/me/account', session).expect(401);
    await restume.get('/me/account', key).expect(401);
    await restume.post('/auth/login', { username, password }).expect(401);
    await restume.login(username, 'only the owner knows');
  });

  it('cannot be linked by a token whose address Google has not verified', async () => {
    const { email, session } = await hijacked();
    const token = await google.token(email, { claims: { email_verified: false } });
    await signIn(token).expect(401);
    expect((await accountOf(email)).identities).toEqual([]);
    await restume.get('/me/account', session).expect(403);
  });
});

describe('POST /v1/auth/google while registration is not open', () => {
  it('makes no account when it is closed, and still signs in to one', async () => {
    const closed = await startTestApp({ ...google.env, REGISTRATION_MODE: 'closed' });
    const calls = restumeOf(closed);
    const { email } = await closed.makeAccount();
    await calls.post('/auth/google', { credential: await google.token('new@example.com') }).expect(403);
    await calls.post('/auth/google', { credential: await google.token(email) }).expect(200);
    expect(await closed.db.account.count()).toBe(1);
    await closed.stop();
  });

  it('asks for an invitation when it is by invitation', async () => {
    const invited = await startTestApp({ ...google.env, REGISTRATION_MODE: 'invite' });
    const calls = restumeOf(invited);
    const admin = await invited.makeSession(await invited.makeAccount({ administrator: true }));
    const { data } = await invited.graphql('mutation { createInvitation(input: {}) { code } }', {}, admin);
    const credential = await google.token('new@example.com');
    await calls.post('/auth/google', { credential }).expect(403);
    const invitation_code = data.createInvitation.code;
    await calls.post('/auth/google', { credential, invitation_code }).expect(200);
    await invited.stop();
  });
});
