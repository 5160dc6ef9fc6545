import { beforeAll, describe, expect, it } from 'vitest';
import { openbin } from '../../src/rest/apis/openbin/api.ts';
import { fill } from '../conformance/support/routes.ts';
import { password } from '../support/app.ts';
import { cookiesOf, jar, type SetCookie, useOpenbin } from './support.ts';

// OpenBin 4.4 on every route that is not a read.
const app = useOpenbin();
let cookies: Record<string, SetCookie>;
let token: string;
beforeAll(async () => {
  const { account } = await app.person();
  cookies = cookiesOf(await app.call('post', '/auth/login').send({ email: account.email, password }));
  token = cookies['openbin-csrf']?.value ?? '';
});

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options';
const unsafe: [Method, string][] = [
  ...openbin.routes
    .filter(({ method }) => method !== 'GET')
    .map((route): [Method, string] => [
      route.method.toLowerCase() as Method,
      fill(route).slice('/api'.length),
    ]),
  ['post', '/nothing'],
  ['put', '/nothing'],
  ['patch', '/bins'],
  ['delete', '/nothing'],
];

/** Requests that another site could cause, or whose token is wrong in some way. */
const forgeries: [string, () => { cookie: string; header?: string }][] = [
  ['no header', () => ({ cookie: jar(cookies) })],
  ['an empty header', () => ({ cookie: jar(cookies), header: '' })],
  ['another header', () => ({ cookie: jar(cookies), header: 'f'.repeat(64) })],
  ['a part of it', () => ({ cookie: jar(cookies), header: token.slice(0, -1) })],
  ['a header without its cookie', () => ({ cookie: jar(cookies, 'openbin-access'), header: token })],
  ['an empty pair', () => ({ cookie: `${jar(cookies, 'openbin-access')}; openbin-csrf=`, header: '' })],
  ['the refresh cookie alone', () => ({ cookie: jar(cookies, 'openbin-refresh') })],
  ['a stale access cookie', () => ({ cookie: 'openbin-access=stale' })],
];

const send = (
  method: Method,
  path: string,
  { cookie, header, bearer }: { cookie?: string; header?: string; bearer?: string },
) => {
  const request = app.call(method, path, bearer);
  if (cookie !== undefined) request.set('Cookie', cookie);
  if (header !== undefined) request.set('X-CSRF-Token', header);
  return method === 'get' || method === 'head' || method === 'options' ? request : request.send({});
};

describe('the double submit (4.4)', () => {
  it.each(unsafe)('%s %s wants header and cookie, equal, before it does anything', async (method, path) => {
    const statements = await app.statements(async () => {
      for (const [what, forgery] of forgeries) {
        const { status, body, headers } = await send(method, path, forgery());
        expect([what, status, body]).toEqual([
          what,
          403,
          { error: 'CSRF_INVALID', message: 'The CSRF token is missing or does not match.' },
        ]);
        expect(headers).not.toHaveProperty('set-cookie');
      }
    });
    expect(statements).toEqual([]);
  });

  it.each(unsafe)('%s %s asks nothing of a bearer, nor of who brings no session', async (method, path) => {
    // Not the refresh cookie: with it a logout would end the session of these tests.
    const cookie = jar(cookies, 'openbin-access');
    for (const sent of [
      { bearer: `sk_openbin_${'0'.repeat(64)}`, cookie },
      { bearer: 'nonsense', cookie, header: 'wrong' },
      { cookie: jar(cookies, 'openbin-csrf') },
      {},
    ]) {
      const { status, body } = await send(method, path, sent);
      expect(body.error).not.toBe('CSRF_INVALID');
      expect([200, 401, 422]).toContain(status);
    }
  });

  it('refuses by cookie what other schemes than Bearer cannot excuse', async () => {
    for (const scheme of ['Basic bm86bm8=', 'bearer nonsense', 'BEARER nonsense']) {
      const { body } = await send('post', '/locations', { cookie: jar(cookies) }).set(
        'Authorization',
        scheme,
      );
      expect(body.error).toBe('CSRF_INVALID');
    }
  });

  it('lets the pair through, whichever session the token was made for', async () => {
    const pair = { cookie: jar(cookies), header: token };
    await send('put', '/user-preferences', pair).expect(200);
    const own = 'a'.repeat(64);
    const unbound = { cookie: `${jar(cookies, 'openbin-access')}; openbin-csrf=${own}`, header: own };
    await send('put', '/user-preferences', unbound).expect(200);
  });

  it('leaves reads alone', async () => {
    const cookie = jar(cookies, 'openbin-access', 'openbin-csrf');
    for (const method of ['get', 'head'] as const)
      await send(method, '/auth/me', { cookie, header: 'wrong' }).expect(200);
    await send('options', '/auth/me', { cookie }).expect(204);
  });

  it('leaves to themselves where a provider sends people back to', async () => {
    for (const [method, path] of [
      ['post', '/auth/oauth/apple/callback'],
      ['delete', '/auth/oauth/link/google'],
    ] as const)
      await send(method, path, { cookie: jar(cookies) }).expect(404);
    await send('post', '/auth/oauth', { cookie: jar(cookies) }).expect(403);
  });

  it('works below the prefix as well', async () => {
    const at = (path: string) => app.request.post(`/openbin/api${path}`).set('Cookie', jar(cookies));
    for (const path of ['/locations', '/auth/login', '/auth/refresh', '/nothing'])
      expect((await at(path).send({})).body.error).toBe('CSRF_INVALID');
    await at('/locations').set('X-CSRF-Token', token).send({ name: 'Home' }).expect(201);
  });
});

describe('a session without a token (4.4)', () => {
  it('gets one with any read, whatever comes of it', async () => {
    for (const [path, status] of [
      ['/auth/me', 200],
      ['/auth/status', 200],
      ['/locations/unknown/areas', 403],
      ['/nothing', 404],
    ] as const) {
      const answer = await send('get', path, { cookie: jar(cookies, 'openbin-access') }).expect(status);
      const issued = cookiesOf(answer);
      expect(Object.keys(issued)).toEqual(['openbin-csrf']);
      expect(issued['openbin-csrf']?.value).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('gets it by the refresh cookie too; a stranger and a page that has one get none', async () => {
    const byRefresh = await send('get', '/auth/status', { cookie: jar(cookies, 'openbin-refresh') });
    expect(Object.keys(cookiesOf(byRefresh))).toEqual(['openbin-csrf']);
    for (const cookie of ['', 'openbin-csrf=x', 'other=1', jar(cookies)])
      expect((await send('get', '/auth/status', { cookie })).headers).not.toHaveProperty('set-cookie');
  });
});
