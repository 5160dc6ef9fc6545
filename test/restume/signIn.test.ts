import { describe, expect, it } from 'vitest';
import { startTestApp, useApp } from '../support/app.ts';
import { password, person, restumeOf } from './support/restume.ts';

const app = useApp();
const restume = restumeOf(app);

const login = (username: unknown, secret: unknown = password) =>
  restume.post('/auth/login', { username, password: secret });

describe('POST /v1/auth/login', () => {
  it('signs in with the user name in any case, or the address, and makes no key', async () => {
    const { username, email } = await restume.join();
    for (const name of [username, username.toUpperCase(), email, ` ${email.toUpperCase()} `]) {
      const { status, body } = await login(name);
      expect(status).toBe(200);
      expect(body).toEqual({ access_token: expect.stringMatching(/^eyJ/), token_type: 'bearer' });
      const me = await restume.get('/me/account', body.access_token).expect(200);
      expect(me.body.email).toBe(email);
    }
    expect(await app.db.apiKey.count({ where: { account: { email } } })).toBe(0);
  });

  it('opens a session of seven days', async () => {
    const { token } = await restume.join();
    const { exp, iat } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(exp - iat).toBe(7 * 24 * 3600);
  });

  it('answers 401 alike for a wrong password, an unknown name and an account without password', async () => {
    const { username, email } = await restume.join();
    const { email: passwordless } = await app.makeAccount();
    await app.db.account.update({ where: { email: passwordless }, data: { passwordHash: null } });
    for (const name of [username, email, 'nobody', 'nobody@example.com', passwordless]) {
      const { status, body, headers } = await login(name, 'wrong password');
      expect([status, body]).toEqual([401, { detail: 'Wrong sign-in name or password.' }]);
      expect(headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('answers 403 before the address is verified, but only to the right password', async () => {
    const who = person();
    await restume.post('/auth/register', who).expect(201);
    const { status, body } = await login(who.username);
    expect([status, body]).toEqual([403, { detail: 'Verify the e-mail address first.' }]);
    await login(who.username, 'wrong password').expect(401);
  });

  it('answers 403 for an account that was switched off, but only to the right password', async () => {
    const { email } = await app.makeAccount({ active: false });
    await login(email).expect(403);
    await login(email, 'wrong password').expect(401);
  });

  it.each([
    [undefined, password, 'username', 'missing'],
    ['', password, 'username', 'missing'],
    ['ada', undefined, 'password', 'missing'],
    ['ada', '', 'password', 'missing'],
    [7, password, 'username', 'type_error'],
    ['ada', ['x'], 'password', 'type_error'],
  ])('answers 422 for username %j and password %j', async (username, secret, field, type) => {
    const { status, body } = await restume.post('/auth/login', { username, password: secret });
    expect(status).toBe(422);
    expect(body.detail).toEqual([{ loc: ['body', field], msg: expect.any(String), type }]);
  });
});

describe('POST /v1/auth/login with limits', () => {
  it('counts failures by user name, by address and at the other endpoints as one', async () => {
    const limited = await startTestApp({ DISABLE_RATE_LIMIT: 'false' });
    const calls = restumeOf(limited);
    const { email } = await limited.makeAccount({ email: 'ada@example.com' });
    await limited.db.account.update({ where: { email }, data: { userName: 'Ada', userNameKey: 'ada' } });
    const wrong = { password: 'wrong password' };
    for (let tries = 0; tries < 4; tries++) {
      await calls.post('/auth/login', { username: 'ada', ...wrong }).expect(401);
      await calls.post('/auth/login', { username: email, ...wrong }).expect(401);
    }
    await limited.request
      .post('/binboi/api/auth/login')
      .send({ email, ...wrong })
      .expect(401);
    const signIn =
      'mutation { signIn(input: {userNameOrEmail: "ADA", password: "wrong password"}) { accessToken } }';
    expect((await limited.graphql(signIn)).errors?.[0]?.extensions.code).toBe('SIGN_IN_FAILED');
    const { status, body, headers } = await calls.post('/auth/login', { username: 'Ada', password });
    expect(status).toBe(429);
    expect(body).toEqual({ detail: expect.any(String) });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await limited.stop();
  });
});
