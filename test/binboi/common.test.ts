import { gzipSync } from 'node:zlib';
import type { Response } from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { expectError, expectJson, makePerson, type Person, uuid } from './support.ts';

const app = useApp();
let person: Person;
beforeAll(async () => {
  person = await makePerson(app);
});

type Method = 'post' | 'put';
/** The operations that take a body; `invalid` is their code for one that is not what they take. */
const withBody: [Method, string, string, string][] = [
  ['post', '/api/auth/register', 'INVALID_BODY', 'email'],
  ['post', '/api/auth/login', 'INVALID_BODY', 'email'],
  ['post', '/api/auth/verify-email', 'INVALID_BODY', 'token'],
  ['post', '/api/auth/resend-verification', 'INVALID_BODY', 'email'],
  ['post', '/api/auth/forgot-password', 'INVALID_BODY', 'email'],
  ['post', '/api/auth/reset-password', 'INVALID_BODY', 'token'],
  ['post', '/api/v1/tokens', 'INVALID_BODY', 'name'],
  ['post', '/api/v1/tunnels', 'INVALID_TUNNEL_PAYLOAD', 'subdomain'],
  ['put', '/api/v1/auth/me', 'INVALID_BODY', 'name'],
];

function sendRaw(
  method: Method,
  path: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  const all = { authorization: `Bearer ${person.key}`, 'content-type': 'application/json', ...headers };
  // An unchanged Buffer: superagent would serialise anything else again.
  return app.request[method](path)
    .set(all)
    .serialize((raw) => raw as unknown as string)
    .send(body as string)
    .then((r) => r);
}

describe('bodies (1, 2)', () => {
  const notJson = [
    '{',
    '{"a":1,}',
    'email=a',
    '{"email":"a@b.cd"} x',
    '\u0000',
    "{'a':1}",
    '{"a":"\\u0000"}',
    '{"a":{"\\u0000":1}}',
  ];
  const notAnObject = ['[]', '[{}]', '"text"', '5', '-1e400', 'true', 'null'];
  const cases = withBody.flatMap(([method, path, code]) =>
    [...notJson, ...notAnObject].map((body) => [method, path, body, code] as const),
  );
  it.each(cases)('%s %s refuses %j', async (method, path, body, code) => {
    expectError(await sendRaw(method, path, body), 400, code);
  });

  const wrongTypes = ['5', '1e999', 'true', '[]', '["a@b.cd"]', '{}', '{"toString":"x"}'];
  const typed = withBody.flatMap(([method, path, code, field]) =>
    wrongTypes.map((value) => [method, path, field, value, code] as const),
  );
  it.each(typed)('%s %s refuses %s = %s', async (method, path, field, value, code) => {
    expectError(await sendRaw(method, path, `{"${field}":${value}}`), 400, code);
  });

  it.each(
    withBody.filter(([, path]) => path !== '/api/v1/tokens'),
  )('%s %s refuses an empty body', async (method, path, code) => {
    expectError(await sendRaw(method, path, ''), 400, code);
  });

  it.each(withBody)('%s %s ignores fields that it does not know', async (method, path) => {
    const body = '{"__proto__":{"admin":true},"constructor":1,"plan":"SCALE","unknown":[1]}';
    const { status, body: answer } = await sendRaw(method, path, body);
    expect([200, 201, 400]).toContain(status);
    expect(answer.user?.plan ?? 'FREE').toBe('FREE');
    await app.db.apiKey.deleteMany({ where: { name: 'CLI token' } });
    await app.db.tunnel.deleteMany({});
  });

  it.each(withBody)('%s %s refuses more than 1 MB with 413', async (method, path) => {
    expectError(await sendRaw(method, path, `{"name":"${'x'.repeat(1_000_001)}"}`), 413, 'BODY_TOO_LARGE');
  });

  it('refuses more than 1 MB that comes in chunks or packed', async () => {
    const big = `{"name":"${'x'.repeat(1_100_000)}"}`;
    const chunked = await fetch(`${app.url}/api/auth/login`, {
      method: 'POST',
      body: new Blob([big]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect([chunked.status, await chunked.json()]).toEqual([
      413,
      { code: 'BODY_TOO_LARGE', error: expect.any(String) },
    ]);
    expectError(
      await sendRaw('post', '/api/auth/login', gzipSync(big), { 'content-encoding': 'gzip' }),
      413,
      'BODY_TOO_LARGE',
    );
  });

  it('reads JSON whatever its content type says, packed too', async () => {
    const json = '{"email":"nobody@example.com","password":""}';
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=latin1',
      'nonsense',
    ]) {
      expectError(
        await sendRaw('post', '/api/auth/login', json, { 'content-type': type }),
        400,
        'MISSING_PASSWORD',
      );
    }
    expectError(
      await sendRaw('post', '/api/auth/login', gzipSync(json), { 'content-encoding': 'gzip' }),
      400,
      'MISSING_PASSWORD',
    );
  });

  it('refuses an encoding that it does not know, and one that lies', async () => {
    const unknown = await sendRaw('post', '/api/auth/login', '{}', { 'content-encoding': 'rot13' });
    expectError(unknown, 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectError(
      await sendRaw('post', '/api/auth/login', '{}', { 'content-encoding': 'gzip' }),
      400,
      'INVALID_BODY',
    );
  });
});

describe('answers (1)', () => {
  it('are JSON in UTF-8', async () => {
    expectJson(await person.get('/api/v1/auth/me'));
    expectJson(await person.get('/api/v1/tokens'));
  });

  it('answer unknown paths with 404 in the same shape', async () => {
    const paths = [
      '/api/v1',
      '/api/v1/',
      '/api/v1/nothing',
      '/api/auth',
      '/api/auth/google',
      '/api/v1/tokens/a/b',
      '/api/v1/tokenss',
    ];
    for (const path of paths) {
      expectError(await app.request.get(path), 404, 'NOT_FOUND');
      expectError(await person.post(path, {}), 404, 'NOT_FOUND');
    }
  });

  it('answer another method with 405 and Allow', async () => {
    const wrong = await app.request.get('/api/auth/login');
    expectError(wrong, 405, 'METHOD_NOT_ALLOWED');
    expect(wrong.headers.allow).toBe('POST');
    const patch = await app.request.patch('/api/v1/tokens');
    expectError(patch, 405, 'METHOD_NOT_ALLOWED');
    expect(patch.headers.allow).toBe('GET, HEAD, POST');
  });
});

describe('X-Request-ID (1)', () => {
  const idOf = async (given?: string, path = '/api/v1/auth/me') => {
    const request = app.request.get(path);
    if (given !== undefined) request.set('X-Request-ID', given);
    return (await request).headers['x-request-id'];
  };

  it.each([
    'a',
    'id-1',
    'x'.repeat(128),
    'with spaces, "quotes" and {braces}',
  ])('echoes %j', async (given) => {
    expect(await idOf(given)).toBe(given);
  });

  it.each(['', 'x'.repeat(129), undefined])('makes a UUID for %j', async (given) => {
    expect(await idOf(given)).toMatch(uuid);
  });

  it('is on answers of every kind', async () => {
    expect(await idOf('same', '/api/v1/nothing')).toBe('same');
    expect(await idOf('same', '/api/auth/login')).toBe('same');
    const gone = await app.request
      .delete(`/api/v1/tokens/x`)
      .auth(person.key, { type: 'bearer' })
      .set('X-Request-ID', 'same');
    expect(gone.headers['x-request-id']).toBe('same');
  });

  it('gives every request a new one', async () => {
    expect(await idOf()).not.toBe(await idOf());
  });
});
