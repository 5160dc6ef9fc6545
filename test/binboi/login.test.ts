import { beforeAll, describe, expect, it } from 'vitest';
import { password, useApp } from '../support/app.ts';
import { callsWith, expectError, expectJson } from './support.ts';

const app = useApp();
beforeAll(async () => {
  await app.makeAccount({ email: 'verified@example.com', name: 'Ada' });
  await app.makeAccount({ email: 'unverified@example.com', verified: false });
  await app.makeAccount({ email: 'inactive@example.com', active: false });
  await app.makeAccount({ email: 'both@example.com', active: false, verified: false });
  const { id } = await app.makeAccount({ email: 'google@example.com' });
  await app.db.account.update({ where: { id }, data: { passwordHash: null } });
});

const login = (body: unknown) =>
  app.request
    .post('/api/auth/login')
    .set('content-type', 'application/json')
    .send(JSON.stringify(body))
    .then((response) => response);

describe('POST /api/auth/login (2.2)', () => {
  it('gives a token that works and the user', async () => {
    const response = await login({ email: 'verified@example.com', password });
    expect(response.status).toBe(200);
    expectJson(response);
    const user = { id: expect.any(String), email: 'verified@example.com', name: 'Ada', plan: 'FREE' };
    expect(response.body).toEqual({ token: expect.stringMatching(/^eyJhbG/), user });
    expect(response.headers['set-cookie']).toBeUndefined();
    const me = await callsWith(app, response.body.token).get('/api/v1/auth/me');
    expect(me.body.user).toEqual(response.body.user);
  });

  it('trims and lower-cases the address', async () => {
    expect((await login({ email: ' VERIFIED@Example.com ', password })).status).toBe(200);
  });

  const refused: [number, string, unknown][] = [
    [400, 'MISSING_EMAIL', {}],
    [400, 'MISSING_EMAIL', { email: ' ', password }],
    [400, 'MISSING_EMAIL', { email: null, password: null }],
    [400, 'MISSING_PASSWORD', { email: 'verified@example.com' }],
    [400, 'MISSING_PASSWORD', { email: 'verified@example.com', password: '' }],
    [400, 'MISSING_PASSWORD', { email: 'nobody@example.com', password: null }],
    [401, 'INVALID_CREDENTIALS', { email: 'nobody@example.com', password }],
    [401, 'INVALID_CREDENTIALS', { email: 'not an address', password }],
    [401, 'INVALID_CREDENTIALS', { email: 'verified@example.com', password: `${password}x` }],
    [401, 'INVALID_CREDENTIALS', { email: 'verified@example.com', password: ` ${password}` }],
    [401, 'INVALID_CREDENTIALS', { email: 'verified@example.com', password: password.toUpperCase() }],
    [401, 'INVALID_CREDENTIALS', { email: 'verified@example.com', password: 'x'.repeat(100_000) }],
    [401, 'INVALID_CREDENTIALS', { email: 'x'.repeat(100_000), password }],
    [401, 'INVALID_CREDENTIALS', { email: 'google@example.com', password }],
    [401, 'INVALID_CREDENTIALS', { email: 'unverified@example.com', password: 'wrong password' }],
    [401, 'INVALID_CREDENTIALS', { email: 'inactive@example.com', password: 'wrong password' }],
    [403, 'ACCOUNT_INACTIVE', { email: 'inactive@example.com', password }],
    [403, 'ACCOUNT_INACTIVE', { email: 'both@example.com', password }],
    [403, 'EMAIL_NOT_VERIFIED', { email: 'unverified@example.com', password }],
  ];
  it.each(refused)('%i %s (case %#)', async (status, code, body) => {
    const sessions = await app.db.session.count();
    expectError(await login(body), status, code);
    expect(await app.db.session.count()).toBe(sessions);
  });

  it('answers unknown, password-less and wrong to the letter alike, headers too', async () => {
    const shown = async (email: string) => {
      const { body, headers } = await login({ email, password: 'wrong password' });
      const {
        date: _date,
        'x-request-id': _id,
        'x-ratelimit-remaining': _left,
        'x-ratelimit-reset': _at,
        ...rest
      } = headers;
      return { body, rest };
    };
    const wrong = await shown('verified@example.com');
    expect(await shown('nobody@example.com')).toEqual(wrong);
    expect(await shown('google@example.com')).toEqual(wrong);
    expect(await shown('unverified@example.com')).toEqual(wrong);
    expect(await shown('inactive@example.com')).toEqual(wrong);
  });

  it('opens a session of its own for each sign-in', async () => {
    const tokens = new Set<string>();
    for (let time = 0; time < 3; time++)
      tokens.add((await login({ email: 'verified@example.com', password })).body.token);
    expect(tokens.size).toBe(3);
  });
});
