import supertest, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/platform/secrets/tokens.ts';
import { password, startTestApp, useApp } from '../support/app.ts';
import { strongPassword } from './support.ts';

// OpenBin 4.2, to the letter, wherever the API is mounted.
const app = useApp({ ROOT_API: 'openbin', API_HOSTS: 'bins.example.com=openbin' });

const week = 7 * 24 * 3600;
type Attributes = Readonly<Record<string, string | true>>;

/** Every cookie that an answer sets or clears, attribute by attribute; two of one name are an error. */
function cookiesIn({ headers }: Response): Record<string, Attributes & { value: string }> {
  const found: Record<string, Attributes & { value: string }> = {};
  for (const header of (headers['set-cookie'] ?? []) as unknown as string[]) {
    const [pair = '', ...attributes] = header.split('; ');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    expect(found).not.toHaveProperty(name);
    const entries = attributes.map((one) => {
      const [key = '', ...value] = one.split('=');
      return [key, value.length > 0 ? value.join('=') : true] as const;
    });
    found[name] = { value: pair.slice(at + 1), ...Object.fromEntries(entries) };
  }
  return found;
}

const inSeconds = (seconds: number) => {
  const from = Math.floor(Date.now() / 1000) + seconds;
  return {
    asymmetricMatch: (text: string) => Math.abs(Date.parse(text) / 1000 - from) <= 5,
    toString: () => `a date ${seconds} seconds away`,
  };
};

/** The three cookies as they are set, below `base`. */
const set = (base: string, more: Attributes = {}) => ({
  'openbin-access': {
    value: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    Path: base || '/',
    'Max-Age': '900',
    Expires: inSeconds(900),
    HttpOnly: true,
    SameSite: 'Lax',
    ...more,
  },
  'openbin-refresh': {
    // 48 bytes.
    value: expect.stringMatching(/^[\w-]{64}$/),
    Path: `${base}/api/auth/refresh`,
    'Max-Age': String(week),
    Expires: inSeconds(week),
    HttpOnly: true,
    SameSite: 'Lax',
    ...more,
  },
  'openbin-csrf': {
    value: expect.stringMatching(/^[0-9a-f]{64}$/),
    Path: base || '/',
    'Max-Age': String(week),
    Expires: inSeconds(week),
    SameSite: 'Lax',
    ...more,
  },
});

const gone = { value: '', Expires: 'Thu, 01 Jan 1970 00:00:00 GMT', SameSite: 'Lax' };
/** And as they are taken away: at the same paths. */
const cleared = (base: string) => ({
  'openbin-access': { ...gone, Path: base || '/', HttpOnly: true },
  'openbin-refresh': { ...gone, Path: `${base}/api/auth/refresh`, HttpOnly: true },
  'openbin-csrf': { ...gone, Path: base || '/' },
});

let people = 0;
/** A browser at one mount: it keeps cookies by their paths, and sends what a page of the API's client would. */
async function browser(host: string, base: string, of = app) {
  const agent = supertest.agent(of.url);
  const { email } = await of.makeAccount({ email: `browser${++people}@example.com` });
  let token = '';
  async function send(
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    body?: object,
    extra: Record<string, string> = {},
  ): Promise<Response> {
    const request = agent[method](`${base}/api${path}`).set('Host', host).set('X-CSRF-Token', token);
    for (const [name, value] of Object.entries(extra)) request.set(name, value);
    const answer = await (body ? request.send(body) : request);
    token = cookiesIn(answer)['openbin-csrf']?.value ?? token;
    return answer;
  }
  const login = () => send('post', '/auth/login', { email, password });
  return { send, login, email };
}

const mounts: [string, string, string][] = [
  ['its own host name', 'openbin.localhost', ''],
  ['a mapped host name', 'bins.example.com', ''],
  ['the root of the server', 'localhost', ''],
  ['its prefix', 'localhost', '/openbin'],
];

describe.each(mounts)('cookies at %s (4.2)', (_where, host, base) => {
  it('are set by register, login and refresh, the CSRF token new each time', async () => {
    const { send, login } = await browser(host, base);
    const registered = await send('post', '/auth/register', {
      email: `new${++people}@example.com`,
      password: strongPassword,
      displayName: 'Ada',
    });
    const answers = [registered, await login(), await send('post', '/auth/refresh')];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200]);
    for (const answer of answers) expect(cookiesIn(answer)).toEqual(set(base));
    for (const name of ['openbin-refresh', 'openbin-csrf'])
      expect(new Set(answers.map((answer) => cookiesIn(answer)[name]?.value)).size).toBe(3);
  });

  it('carry a browser through a session, which logout ends', async () => {
    const { send, login, email } = await browser(host, base);
    const first = cookiesIn(await login());
    expect((await send('get', '/auth/me')).body.email).toBe(email);
    expect((await send('put', '/auth/profile', { displayName: 'New' })).status).toBe(200);
    expect((await send('post', '/auth/refresh')).status).toBe(200);
    expect((await send('put', '/auth/profile', { displayName: 'Newer' })).status).toBe(200);
    const left = await send('post', '/auth/logout');
    expect([left.status, cookiesIn(left)]).toEqual([200, cleared(base)]);
    const after = await send('get', '/auth/me');
    expect([after.status, after.headers['set-cookie']]).toEqual([401, undefined]);
    const old = await send('get', '/auth/me', undefined, {
      Cookie: `openbin-access=${first['openbin-access']?.value}`,
    });
    expect(old.status).toBe(401);
  });

  it.each([
    ['logout-all', 'post', '/auth/logout-all', undefined],
    ['a new password', 'put', '/auth/password', { currentPassword: password, newPassword: strongPassword }],
    ['the deletion of the account', 'delete', '/auth/account', { password }],
  ] as const)('are cleared by %s', async (_what, method, path, body) => {
    const { send, login } = await browser(host, base);
    await login();
    const answer = await send(method, path, body);
    expect([answer.status, cookiesIn(answer)]).toEqual([200, cleared(base)]);
    expect((await send('get', '/auth/me')).status).toBe(401);
  });

  it('a read gives a CSRF token to a session that has none, at the same path', async () => {
    const { send, login } = await browser(host, base);
    const access = cookiesIn(await login())['openbin-access']?.value;
    const { send: other } = await browser(host, base);
    const answer = await other('get', '/auth/me', undefined, { Cookie: `openbin-access=${access}` });
    expect(cookiesIn(answer)).toEqual({ 'openbin-csrf': set(base)['openbin-csrf'] });
    expect((await send('get', '/auth/me')).headers['set-cookie']).toBeUndefined();
  });
});

describe('the failed refresh (4.3)', () => {
  const base = '/openbin';
  const failures: [
    string,
    number,
    (email: string, replay: () => PromiseLike<Response>) => PromiseLike<unknown>,
  ][] = [
    ['with an expired token', 401, expire],
    ['of a suspended account', 403, (email) => change(email, { active: false })],
    ['of an account that is to go', 401, (email) => change(email, { deletionRequestedAt: new Date() })],
    ['of an account that is gone', 401, (email) => app.db.account.delete({ where: { email } })],
    ['with a token that was used', 401, (_email, replay) => replay()],
  ];
  const change = (email: string, data: object) => app.db.account.update({ where: { email }, data });
  const refreshWith = (token: string | undefined, csrf: string) =>
    app.request
      .post(`${base}/api/auth/refresh`)
      .set('Cookie', `openbin-refresh=${token}; openbin-csrf=${csrf}`)
      .set('X-CSRF-Token', csrf);
  function expire(email: string) {
    return app.db.refreshToken.updateMany({
      where: { session: { account: { email } } },
      data: { expiresAt: new Date(0) },
    });
  }

  it.each(failures)('clears all three: %s', async (_what, status, happen) => {
    const { login, email } = await browser('localhost', base);
    const cookies = cookiesIn(await login());
    const refresh = () =>
      refreshWith(cookies['openbin-refresh']?.value, cookies['openbin-csrf']?.value ?? '');
    await happen(email, refresh);
    const answer = await refresh();
    expect([answer.status, cookiesIn(answer)]).toEqual([status, cleared(base)]);
  });

  it('clears them for a stranger too, and for a token that nobody has', async () => {
    const none = app.request.post(`${base}/api/auth/refresh`);
    for (const answer of [await none, await refreshWith('unknown', 'x')]) {
      expect([answer.status, answer.body.error]).toEqual([401, 'UNAUTHORIZED']);
      expect(cookiesIn(answer)).toEqual(cleared(base));
    }
  });

  it('leaves them where the token was not looked at: without the header, over the limit, while the server is busy', async () => {
    const { send, login } = await browser('localhost', base);
    await login();
    const forged = await send('post', '/auth/refresh', undefined, { 'X-CSRF-Token': 'wrong' });
    expect([forged.status, forged.headers['set-cookie']]).toEqual([403, undefined]);
    const { database } = app.services;
    const { db } = database;
    const failing = {
      get refreshToken(): never {
        throw new Error('disk full');
      },
    };
    Object.assign(database, { db: failing });
    const busy = await send('post', '/auth/refresh');
    Object.assign(database, { db });
    expect([busy.status, busy.headers['set-cookie']]).toEqual([500, undefined]);
    expect((await send('post', '/auth/refresh')).status).toBe(200);

    const limited = await startTestApp({ DISABLE_RATE_LIMIT: 'false' });
    const hasty = await browser('localhost', base, limited);
    await hasty.login();
    await limited.useUp({ name: 'openbin-general', points: 600, windowSeconds: 60 }, '127.0.0.1', 0);
    const over = await hasty.send('post', '/auth/refresh');
    expect([over.status, over.headers['set-cookie']]).toEqual([429, undefined]);
    await limited.stop();
  });
});

describe('what sets no cookie (4.2)', () => {
  it('is all the rest', async () => {
    const { send, login, email } = await browser('openbin.localhost', '');
    await login();
    for (const [method, path, body, status] of [
      ['post', '/auth/login', { email, password: 'Wrong1password' }, 401],
      ['post', '/auth/login', {}, 422],
      ['post', '/auth/register', { email }, 422],
      ['put', '/auth/profile', { displayName: 'New' }, 200],
      ['put', '/auth/password', { currentPassword: 'Wrong1password', newPassword: strongPassword }, 401],
      ['delete', '/auth/account', { password: 'Wrong1password' }, 401],
      ['post', '/auth/forgot-password', { email }, 200],
      ['post', '/auth/reset-password', { token: 'x', newPassword: strongPassword }, 401],
      ['post', '/auth/recover-deletion', { email, password }, 401],
      ['get', '/auth/me', undefined, 200],
      ['get', '/auth/status', undefined, 200],
      ['post', '/locations', { name: 'Home' }, 201],
      ['get', '/nothing', undefined, 404],
    ] as const) {
      const answer = await send(method, path, body);
      expect([path, answer.status, answer.headers['set-cookie']]).toEqual([path, status, undefined]);
    }
    expect((await send('get', '/auth/me')).status).toBe(200);
  });
});

describe('what is in them (4.1, 4.3)', () => {
  it('a JWT of 15 minutes with id, address and token version, signed by HS256', async () => {
    const { login, email } = await browser('openbin.localhost', '');
    const text = cookiesIn(await login())['openbin-access']?.value ?? '';
    const [head, claims] = text
      .split('.', 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    const account = await app.db.account.findUniqueOrThrow({ where: { email } });
    expect(head.alg).toBe('HS256');
    expect(claims).toMatchObject({ id: account.id, email, tv: account.tokenVersion });
    expect(claims.exp - Date.now() / 1000).toBeGreaterThan(895);
    expect(claims.exp - Date.now() / 1000).toBeLessThanOrEqual(900);
  });

  it('a refresh token that is kept as a hash; the next is of the same family, for seven days from then', async () => {
    const { login, send, email } = await browser('openbin.localhost', '');
    const first = cookiesIn(await login())['openbin-refresh']?.value ?? '';
    const second = cookiesIn(await send('post', '/auth/refresh'))['openbin-refresh']?.value ?? '';
    const rows = await app.db.refreshToken.findMany({ where: { session: { account: { email } } } });
    const [old, next] = [first, second].map((text) => rows.find(({ hash }) => hash === sha256Hex(text)));
    expect(rows).toHaveLength(2);
    expect([old?.usedAt === null, next?.usedAt]).toEqual([false, null]);
    expect(next?.sessionId).toBe(old?.sessionId);
    expect(Math.round(((next?.expiresAt.getTime() ?? 0) - Date.now()) / 1000 / 60)).toBe(week / 60);
    expect(JSON.stringify(rows)).not.toContain(second);
    await login();
    expect(await app.db.session.count({ where: { account: { email } } })).toBe(2);
  });
});

describe('Secure (4.2)', () => {
  it('is there as soon as a proxy ends TLS in front', async () => {
    const proxied = await startTestApp({ TRUST_PROXY: 'true' });
    const { login, send } = await browser('openbin.localhost', '', proxied);
    expect(cookiesIn(await login())).toEqual(set('', { Secure: true }));
    for (const cookie of Object.values(cookiesIn(await send('post', '/auth/logout'))))
      expect(cookie.Secure).toBe(true);
    await proxied.stop();
  });
});
