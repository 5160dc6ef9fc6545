import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/platform/secrets/tokens.ts';
import { useApp } from '../support/app.ts';
import { restumeOf } from './support/restume.ts';

const app = useApp();
const restume = restumeOf(app);
let token: string;
beforeAll(async () => {
  token = (await restume.join()).token;
});

const unknownId = '0198f000-0000-7000-8000-000000000000';

describe('POST /v1/auth/api-keys', () => {
  it('makes a key whose text is shown once and of which only the hash is kept', async () => {
    const { status, body } = await restume.signedPost('/auth/api-keys', token, { name: ' deploy ' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'deploy',
      raw_key: expect.stringMatching(/^rst_[0-9A-Za-z]{30}$/),
      prefix: body.raw_key.slice(0, 8),
      is_active: true,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    const row = await app.db.apiKey.findUniqueOrThrow({ where: { id: body.id } });
    expect(row.hash).toBe(sha256Hex(body.raw_key));
    expect(JSON.stringify(row)).not.toContain(body.raw_key.slice(8));
    const list = await restume.get('/auth/api-keys', token);
    expect(list.text).not.toContain(body.raw_key);
  });

  it.each([
    [{}, 'missing'],
    [{ name: '' }, 'string_too_short'],
    [{ name: '   ' }, 'string_too_short'],
    [{ name: 7 }, 'type_error'],
    [{ name: null }, 'type_error'],
  ])('answers 422 for %j and makes nothing', async (sent, type) => {
    const before = await app.db.apiKey.count();
    const { status, body } = await restume.signedPost('/auth/api-keys', token, sent);
    expect(status).toBe(422);
    expect(body.detail).toEqual([{ loc: ['body', 'name'], msg: expect.any(String), type }]);
    expect(await app.db.apiKey.count()).toBe(before);
  });

  it('answers 403 at the 26th active key', async () => {
    const account = await app.makeAccount();
    const session = await app.makeSession(account);
    for (let made = 0; made < 24; made++) await app.makeKey(account, 'RESTUME');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => restume.signedPost('/auth/api-keys', session, { name: 'ci' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403]);
  });
});

describe('GET /v1/auth/api-keys', () => {
  it('answers an array, newest first, with revoked keys and the last use', async () => {
    const { token: own } = await restume.join();
    expect((await restume.get('/auth/api-keys', own).expect(200)).body).toEqual([]);
    const first = await restume.makeKey(own, 'first');
    const second = await restume.makeKey(own, 'second');
    await restume.get('/me/account', second.raw_key).expect(200);
    await app.services.background.drain();
    await restume.remove(`/auth/api-keys/${first.id}`, own).expect(204);
    const { body } = await restume.get('/auth/api-keys', own).expect(200);
    expect(body).toEqual([
      {
        id: second.id,
        name: 'second',
        prefix: second.raw_key.slice(0, 8),
        is_active: true,
        created_at: expect.any(String),
        last_used_at: expect.stringMatching(/Z$/),
      },
      {
        id: first.id,
        name: 'first',
        prefix: first.raw_key.slice(0, 8),
        is_active: false,
        created_at: expect.any(String),
        last_used_at: null,
      },
    ]);
  });
});

describe('DELETE /v1/auth/api-keys/{key_id}', () => {
  it('revokes at once, and again without complaint', async () => {
    const { id, raw_key } = await restume.makeKey(token);
    await restume.get('/me/account', raw_key).expect(200);
    const answer = await restume.remove(`/auth/api-keys/${id}`, token);
    expect([answer.status, answer.text]).toEqual([204, '']);
    await restume.get('/me/account', raw_key).expect(401);
    await restume.remove(`/auth/api-keys/${id}`, token).expect(204);
  });

  it('answers 404 alike for an unknown key, another user’s and what is no id', async () => {
    const stranger = await restume.join();
    const { id, raw_key } = await restume.makeKey(stranger.token);
    for (const wanted of [unknownId, id, 'not-an-id', '%2e%2e%2f', '%00']) {
      const { status, body } = await restume.remove(`/auth/api-keys/${wanted}`, token);
      expect([status, body]).toEqual([404, { detail: 'API key not found.' }]);
    }
    await restume.get('/me/account', raw_key).expect(200);
  });
});

describe('key management', () => {
  type Headers = Record<string, string>;
  const calls = [
    (headers: Headers) => app.request.post('/restume/v1/auth/api-keys').set(headers).send({ name: 'more' }),
    (headers: Headers) => app.request.get('/restume/v1/auth/api-keys').set(headers),
    (headers: Headers) => app.request.delete(`/restume/v1/auth/api-keys/${unknownId}`).set(headers),
  ];
  /** A credential in the one header and in the other. */
  const both = (text: string): Headers[] => [{ 'x-api-key': text }, { authorization: `Bearer ${text}` }];

  it('answers 403 to a good API key and 401 to a bad one, in either header', async () => {
    const { raw_key } = await restume.makeKey(token);
    const before = await app.db.apiKey.count();
    for (const call of calls) {
      for (const headers of both(raw_key)) {
        const { status, body } = await call(headers);
        expect([status, body]).toEqual([403, { detail: expect.stringContaining('session') }]);
      }
      for (const headers of both(`rst_${'x'.repeat(30)}`)) {
        const answer = await call(headers);
        expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
      }
    }
    expect(await app.db.apiKey.count()).toBe(before);
  });

  it('answers 401 to nobody and to a session in the header for keys', async () => {
    for (const call of calls) {
      const answer = await call({});
      expect([answer.status, answer.body]).toEqual([401, { detail: 'Not authenticated' }]);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect((await call({ 'x-api-key': token })).status).toBe(401);
    }
  });
});
