import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { useStarted } from '../support/started.ts';
import { startKeyServer } from './support/keyServer.ts';
import { restumeOf } from './support/restume.ts';

const google = useStarted(startKeyServer);
const app = useApp(() => google.env);
const restume = restumeOf(app);

const unlink = (token: string) => restume.signedPost('/me/google/unlink', token);
const withGoogle = async (email: string) => {
  const { body } = await restume.post('/auth/google', { credential: await google.token(email) }).expect(200);
  return body.access_token as string;
};

describe('GET /v1/me/account', () => {
  it('shows the account to a session, and to a key in either header', async () => {
    const { username, email, token } = await restume.join();
    const { raw_key } = await restume.makeKey(token);
    const answers = [
      await restume.get('/me/account', token),
      await restume.get('/me/account', raw_key),
      await app.request.get('/restume/v1/me/account').set('x-api-key', raw_key),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual({
        username,
        email,
        email_verified: true,
        full_name: 'Ada Lovelace',
        google_linked: false,
        has_password: true,
        can_unlink_google: false,
        available_sign_in_methods: ['password'],
        plan: 'FREE',
        plan_source: 'default',
      });
    }
  });

  it('shows a plan that was granted, at once', async () => {
    const { email, token } = await restume.join();
    await restume.get('/me/account', token).expect(200);
    const admin = await app.makeSession(await app.makeAccount({ administrator: true }));
    const grant =
      'mutation ($email: String!) { updateAccount(input: {email: $email, plan: PRO}) { account { id } } }';
    expect((await app.graphql(grant, { email }, admin)).errors).toBeUndefined();
    const { body } = await restume.get('/me/account', token);
    expect(body).toMatchObject({ plan: 'PRO', plan_source: 'granted' });
  });

  it('costs two statements cold and one warm', async () => {
    const account = await app.makeAccount();
    const session = await app.makeSession(account);
    expect(await app.statements(() => restume.get('/me/account', session).expect(200))).toHaveLength(2);
    expect(await app.statements(() => restume.get('/me/account', session).expect(200))).toHaveLength(1);
  });

  it('answers 401 to nobody and to a bad credential', async () => {
    const nobody = await app.request.get('/restume/v1/me/account');
    expect([nobody.status, nobody.body]).toEqual([401, { detail: 'Not authenticated' }]);
    expect(nobody.headers['www-authenticate']).toBe('Bearer');
    const bad = await restume.get('/me/account', 'eyJhbGciOiJIUzI1NiJ9.e30.x');
    expect([bad.status, bad.body]).toEqual([401, { detail: 'The API key or session is not valid.' }]);
    expect(bad.headers['www-authenticate']).toBe('Bearer');
    const other = await app.request.get('/restume/v1/me/account').set('authorization', 'Basic YTpi');
    expect(other.status).toBe(401);
  });
});

describe('POST /v1/me/google/unlink', () => {
  it('unlinks while there is a password, with a session or a key, and answers the account', async () => {
    const { email, token, username } = await restume.join();
    await withGoogle(email);
    const { status, body } = await unlink(token);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      username,
      google_linked: false,
      can_unlink_google: false,
      available_sign_in_methods: ['password'],
    });
    await withGoogle(email);
    const { raw_key } = await restume.makeKey(token);
    await unlink(raw_key).expect(200);
    expect((await restume.get('/me/account', token)).body.google_linked).toBe(false);
  });

  it('answers 409 when Google is the only way in, until there is a password', async () => {
    const token = await withGoogle('only@example.com');
    const { status, body } = await unlink(token);
    expect([status, body]).toEqual([409, { detail: expect.stringContaining('only way') }]);
    expect((await restume.get('/me/account', token)).body.google_linked).toBe(true);
    const set = 'mutation { updateViewer(input: {newPassword: "correct horse battery"}) { account { id } } }';
    expect((await app.graphql(set, {}, token)).errors).toBeUndefined();
    await unlink(await restume.login('only@example.com')).expect(200);
  });

  it('answers 409 when Google is not linked', async () => {
    const { token } = await restume.join();
    const { status, body } = await unlink(token);
    expect([status, body]).toEqual([409, { detail: 'The account is not linked to that provider.' }]);
  });

  it('unlinks once when asked many times at once', async () => {
    const { email, token } = await restume.join();
    await withGoogle(email);
    const answers = await Promise.all(Array.from({ length: 6 }, () => unlink(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(5).fill(409)]);
  });

  it('answers 401 without a credential', async () => {
    await restume.post('/me/google/unlink').expect(401);
  });
});

describe('a user name', () => {
  const rename =
    'mutation ($userName: String!) { updateViewer(input: {userName: $userName}) { account { userName } } }';

  it('can be given to an account that has none, and signs in at once', async () => {
    const account = await app.makeAccount();
    const session = await app.makeSession(account);
    expect((await restume.get('/me/account', session)).body.username).toBeNull();
    const { data } = await app.graphql(rename, { userName: 'Late.Comer' }, session);
    expect(data.updateViewer.account.userName).toBe('Late.Comer');
    expect((await restume.get('/me/account', session)).body.username).toBe('Late.Comer');
    await restume.login('late.comer');
  });

  it('is not taken from another, also not by many at once', async () => {
    const { username } = await restume.join();
    const sessions = await Promise.all(
      Array.from({ length: 4 }, async () => app.makeSession(await app.makeAccount())),
    );
    const taken = await app.graphql(rename, { userName: username.toUpperCase() }, sessions[0]);
    expect(taken.errors?.[0]?.extensions.code).toBe('USER_NAME_TAKEN');
    const raced = await Promise.all(
      sessions.map((session) => app.graphql(rename, { userName: 'contested' }, session)),
    );
    expect(raced.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(await app.db.account.count({ where: { userNameKey: 'contested' } })).toBe(1);
  });

  it('is refused when it does not fit', async () => {
    const session = await app.makeSession(await app.makeAccount());
    const { errors } = await app.graphql(rename, { userName: 'a b' }, session);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['userName'] }],
    });
  });
});
