import { describe, expect, it } from 'vitest';
import { startTestApp, useApp } from '../support/app.ts';
import { restumeOf } from './support/restume.ts';

const app = useApp();
const restume = restumeOf(app);

describe('the errors of RESTume', () => {
  it('are FastAPI’s for an unknown path and a wrong method', async () => {
    const unknown = await app.request.get('/restume/v1/nothing');
    expect([unknown.status, unknown.body]).toEqual([404, { detail: 'Not Found' }]);
    const wrong = await app.request.get('/restume/v1/auth/login');
    expect([wrong.status, wrong.body]).toEqual([405, { detail: 'Method Not Allowed' }]);
    expect(wrong.headers.allow).toBe('POST');
  });

  it.each([
    ['', ['body'], 'missing'],
    ['{', ['body'], 'json_invalid'],
    ['[]', ['body'], 'type_error'],
    ['"text"', ['body'], 'type_error'],
    ['null', ['body'], 'type_error'],
    ['{"username":"\\u0000","password":"x"}', ['body'], 'json_invalid'],
  ])('are a list with 422 for the body %j', async (sent, loc, type) => {
    const { status, body } = await app.request
      .post('/restume/v1/auth/login')
      .set('content-type', 'application/json')
      .send(sent);
    expect(status).toBe(422);
    expect(body).toEqual({ detail: [{ loc, msg: expect.any(String), type }] });
  });

  it('are a sentence with 413 for a body over a megabyte', async () => {
    const { status, body } = await restume.post('/auth/login', {
      username: 'x'.repeat(1_100_000),
      password: 'x',
    });
    expect([status, body]).toEqual([413, { detail: expect.any(String) }]);
  });

  it('leave unknown fields unmentioned', async () => {
    await restume.post('/auth/forgot-password', { email: 'a@example.com', extra: { deep: [1] } }).expect(200);
  });
});

describe('RESTume', () => {
  it('is served by prefix, by host name and at the root', async () => {
    const { token } = await restume.join();
    for (const [host, path] of [
      ['localhost', '/restume/v1/me/account'],
      ['restume.localhost', '/v1/me/account'],
      ['localhost', '/v1/me/account'],
    ] as const) {
      await app.request.get(path).set('host', host).auth(token, { type: 'bearer' }).expect(200);
    }
  });

  it('tells its limits with every answer, and answers 429 beyond them', async () => {
    const limited = await startTestApp({ DISABLE_RATE_LIMIT: 'false' });
    const session = await limited.makeSession(await limited.makeAccount());
    const call = () => restumeOf(limited).remove('/auth/api-keys/unknown', session);
    const first = await call();
    expect(first.status).toBe(404);
    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '120', 'x-ratelimit-remaining': '119' });
    const inSeconds = Number(first.headers['x-ratelimit-reset']) - Date.now() / 1000;
    expect(inSeconds).toBeGreaterThan(0);
    expect(inSeconds).toBeLessThanOrEqual(61);
    await Promise.all(Array.from({ length: 119 }, call));
    const { status, body, headers } = await call();
    expect([status, body]).toEqual([429, { detail: expect.any(String) }]);
    expect(headers['x-ratelimit-remaining']).toBe('0');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    const read = await restumeOf(limited).get('/me/account', session).expect(200);
    expect(read.headers['x-ratelimit-limit']).toBe('600');
    await limited.stop();
  });
});
