import { beforeAll, describe, expect, it } from 'vitest';
import { type Person, startOpenbin, useOpenbin } from './support.ts';

const app = useOpenbin();
let person: Person;
beforeAll(async () => {
  person = await app.person();
});

describe('headers of every answer (2)', () => {
  it.each([
    ['200', () => app.call('get', '/auth/me', person.key), 200],
    ['201', () => app.call('post', '/locations', person.key).send({ name: 'Home' }), 201],
    ['204', () => app.call('delete', '/scan-history', person.key), 204],
    ['401', () => app.call('get', '/auth/me'), 401],
    ['403', () => app.call('get', '/locations/unknown/areas', person.key), 403],
    ['403 CSRF', () => app.call('post', '/auth/logout').set('Cookie', 'openbin-access=x'), 403],
    ['404', () => app.call('get', '/nothing', person.key), 404],
    ['409', () => app.call('post', '/auth/register').send(taken()), 409],
    ['413', () => app.call('put', '/user-preferences', person.key).send({ a: 'x'.repeat(1_000_001) }), 413],
    ['422', () => app.call('post', '/auth/login').send({}), 422],
    ['422 for no JSON', () => app.call('post', '/auth/login').type('json').send('{"a'), 422],
    [
      'a preflight',
      () =>
        app.call('options', '/bins').set('Origin', 'http://x.y').set('Access-Control-Request-Method', 'GET'),
      204,
    ],
    ['what is not the API', () => app.request.get('/').set('Host', 'openbin.localhost'), 404],
  ])('%s', async (_name, send, expected) => {
    const { status, headers } = await send();
    expect(status).toBe(expected);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    expect(headers['permissions-policy']).toBe('camera=(self), microphone=(self), geolocation=()');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['content-security-policy']).toBe(
      "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; " +
        "style-src 'self' 'unsafe-inline'; script-src 'self' https://static.cloudflareinsights.com; " +
        "connect-src 'self' https://cloudflareinsights.com; frame-ancestors 'none'",
    );
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('strict-transport-security');
    if (headers['content-length'] !== undefined && headers['content-length'] !== '0')
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  const taken = () => ({ email: person.account.email, password: 'Correct1horse', displayName: 'Ada' });

  it('behind a proxy that ends TLS: two years of it, subdomains too', async () => {
    const proxied = await startOpenbin({ TRUST_PROXY: 'true' });
    for (const path of ['/health', '/auth/me']) {
      const { headers } = await proxied.call('get', path);
      expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
    }
    await proxied.stop();
  });

  it('lets the pages of FRAME_ANCESTORS embed it', async () => {
    const framed = await startOpenbin({ FRAME_ANCESTORS: 'https://home.example.com' });
    const { headers } = await framed.call('get', '/health');
    expect(headers['content-security-policy']).toContain('frame-ancestors https://home.example.com');
    expect(headers).not.toHaveProperty('x-frame-options');
    await framed.stop();
  });
});

describe('unknown paths (2)', () => {
  it.each([
    '/nothing',
    '/bins/a/b/c/d',
    '/auth',
    '',
    '/auth/oauth/nobody/callback/x',
  ])('/api%s: 401 to strangers, 404 to those who are signed in', async (path) => {
    const stranger = await app.call('get', path);
    expect([stranger.status, stranger.body.error]).toEqual([401, 'UNAUTHORIZED']);
    const wrong = await app.call('get', path, 'sk_openbin_wrong');
    expect([wrong.status, wrong.body.error]).toEqual([401, 'UNAUTHORIZED']);
    const known = await app.call('get', path, person.key);
    expect([known.status, known.body.error]).toEqual([404, 'NOT_FOUND']);
    expect(known.body).toEqual({ error: 'NOT_FOUND', message: expect.any(String) });
  });

  it('an id of any form is simply unknown', async () => {
    for (const id of ['x', '0', '%F0%9F%A6%8A', 'a%2Fb', crypto.randomUUID()]) {
      const { status, body } = await app.call('get', `/bins/${id}`, person.key);
      expect([id, status, body.error]).toEqual([id, 404, 'NOT_FOUND']);
    }
  });
});

describe('ETag (2)', () => {
  it('answers 304 to who has it already, and 200 once it is another', async () => {
    const read = (tag?: string) =>
      app.call('get', '/auth/me', person.key).set(tag ? { 'If-None-Match': tag } : {});
    const { etag = '' } = (await read().expect(200)).headers;
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    for (const tag of [etag, '*', `"other", ${etag}`, etag.slice(2)]) {
      const { status, text, headers } = await read(tag);
      expect([tag, status, text]).toEqual([tag, 304, '']);
      expect(headers.etag).toBe(etag);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeDefined();
    }
    await read('"other"').expect(200);
    await app.call('put', '/auth/profile', person.key).send({ displayName: 'Changed' }).expect(200);
    const changed = await read(etag).expect(200);
    expect(changed.headers.etag).not.toBe(etag);
  });

  it('tags reads only', async () => {
    const written = await app.call('put', '/print-settings', person.key).send({ a: 1 }).expect(200);
    expect(written.headers).not.toHaveProperty('etag');
    const again = await app
      .call('put', '/print-settings', person.key)
      .set('If-None-Match', '*')
      .send({ a: 2 });
    expect(again.status).toBe(200);
    expect((await app.call('get', '/auth/me')).headers).not.toHaveProperty('etag');
    const head = await app.call('head', '/auth/me', person.key).expect(200);
    const get = await app.call('get', '/auth/me', person.key).expect(200);
    expect(head.headers.etag).toBe(get.headers.etag);
  });
});

describe('times (2)', () => {
  it('are ISO-8601 with Z wherever they are', async () => {
    const { body: location } = await app.call('post', '/locations', person.key).send({ name: 'Times' });
    await app.call('post', '/bins', person.key).send({ locationId: location.id, name: 'Clock' }).expect(201);
    const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    const found: string[] = [];
    const look = (value: unknown, name = ''): void => {
      if (Array.isArray(value)) for (const each of value) look(each, name);
      else if (value && typeof value === 'object')
        for (const [key, inner] of Object.entries(value)) look(inner, key);
      else if (/(_at|At|Until)$/.test(name) && value !== null) {
        expect([name, value]).toEqual([name, expect.stringMatching(isTime)]);
        found.push(name);
      }
    };
    for (const path of [
      '/auth/me',
      '/locations',
      `/locations/${location.id}/members`,
      `/bins?location_id=${location.id}`,
      '/api-keys',
    ])
      look((await app.call('get', path, person.key).expect(200)).body);
    expect(new Set(found)).toEqual(
      new Set([
        'createdAt',
        'updatedAt',
        'activeUntil',
        'created_at',
        'updated_at',
        'joined_at',
        'last_used_at',
      ]),
    );
  });
});
