import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { identityServices } from '../../src/graph/identity/services.ts';
import { createSessionTokens } from '../../src/graph/identity/session/sessionTokens.ts';
import { createKeyring } from '../../src/platform/secrets/keyring.ts';
import { password, useApp } from '../support/app.ts';
import { callsWith, expectError, makePerson } from './support.ts';

const secretKey = 'a secret that the test knows';
const signingKey = createKeyring(Buffer.from(secretKey)).derive('session-tokens');

const app = useApp({ SECRET_KEY: secretKey });

/** Every `/api/v1` operation, with what it answers to a valid credential. */
const operations: ['get' | 'post' | 'put' | 'delete', string, unknown, number][] = [
  ['get', '/api/v1/auth/me', undefined, 200],
  ['put', '/api/v1/auth/me', { name: 'Ada' }, 200],
  ['get', '/api/v1/tokens', undefined, 200],
  ['post', '/api/v1/tokens', { name: 'x' }, 201],
  ['delete', '/api/v1/tokens/unknown', undefined, 404],
  ['get', '/api/v1/tunnels', undefined, 200],
  ['post', '/api/v1/tunnels', {}, 201],
  ['delete', '/api/v1/tunnels/unknown', undefined, 404],
  ['get', '/api/v1/requests', undefined, 200],
  ['delete', '/api/v1/auth/me', undefined, 204],
];

async function me(credential: string) {
  return app.request.get('/api/v1/auth/me').auth(credential, { type: 'bearer' });
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const payloadOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
const hourAhead = () => new Date(Date.now() + 3600_000);

describe('both kinds of credential work on every endpoint (1)', () => {
  it('a key', async () => {
    const calls = await makePerson(app);
    for (const [method, path, body, status] of operations)
      expect((await calls[method](path, body)).status, path).toBe(status);
  });

  it('a session', async () => {
    const calls = callsWith(app, await app.makeSession(await app.makeAccount()));
    for (const [method, path, body, status] of operations)
      expect((await calls[method](path, body)).status, path).toBe(status);
  });

  it('keys in the form of every API', async () => {
    const account = await app.makeAccount();
    for (const format of ['BINBOI', 'OPENBIN', 'RESTUME', 'BINGO'] as const) {
      expect((await me(await app.makeKey(account, format))).status).toBe(200);
    }
  });
});

describe('where the credential stands (1)', () => {
  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('scheme %s', async (scheme) => {
    const { key } = await makePerson(app);
    await app.request.get('/api/v1/auth/me').set('Authorization', `${scheme} ${key}`).expect(200);
  });

  it('X-Binboi-Token when no Bearer is sent', async () => {
    const { key } = await makePerson(app);
    await app.request.get('/api/v1/auth/me').set('X-Binboi-Token', key).expect(200);
    await app.request
      .get('/api/v1/auth/me')
      .set('X-Binboi-Token', key)
      .set('Authorization', 'Basic eDp5')
      .expect(200);
  });

  it('a Bearer wins over X-Binboi-Token', async () => {
    const { key } = await makePerson(app);
    const wrong = await app.request
      .get('/api/v1/auth/me')
      .set('X-Binboi-Token', key)
      .set('Authorization', 'Bearer wrong');
    expectError(wrong, 401, 'INVALID_TOKEN');
  });

  it.each([
    {},
    { Authorization: '' },
    { Authorization: 'Bearer' },
    { Authorization: 'Bearer ' },
    { Authorization: 'Basic eDp5' },
    { 'X-Binboi-Token': ' ' },
    { Cookie: 'binboi_token=x' },
  ])('none at all: %j is MISSING_TOKEN', async (headers) => {
    expectError(
      await app.request.get('/api/v1/auth/me').set(headers as Record<string, string>),
      401,
      'MISSING_TOKEN',
    );
  });

  it('is not read from the query', async () => {
    const { key } = await makePerson(app);
    expectError(
      await app.request.get(`/api/v1/auth/me?token=${key}&access_token=${key}`),
      401,
      'MISSING_TOKEN',
    );
  });

  it('is not looked at on the public endpoints', async () => {
    const forgot = app.request.post('/api/auth/forgot-password').auth('wrong', { type: 'bearer' });
    expect((await forgot.send({ email: 'a@example.com' })).status).toBe(200);
  });
});

describe('keys (1.1)', () => {
  it('have the documented form and are kept as prefix and SHA-256 only', async () => {
    const person = await makePerson(app);
    const { body } = await person.post('/api/v1/tokens', { name: 'new' });
    expect(body.token).toMatch(/^binboi_pat_[0-9a-f]{8}_[0-9a-f]{36}$/);
    expect(body.record.prefix).toBe(body.token.slice(0, 19));
    const row = await app.db.apiKey.findUniqueOrThrow({ where: { id: body.record.id } });
    expect(row.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(body.token.slice(20));
  });

  it('are refused when a character, the case or the length differs', async () => {
    const { key } = await makePerson(app);
    const last = key.endsWith('0') ? '1' : '0';
    const wrong = [
      key.slice(0, -1) + last,
      key.toUpperCase(),
      `${key}0`,
      key.slice(0, -1),
      key.slice(0, 19),
      `binboi_pat_${key.slice(11, 19)}`,
      `binboi_pat_${'0'.repeat(8)}_${'0'.repeat(36)}`,
      'binboi_pat__',
      'binboi_pat_a_b_c',
      key.replace('binboi', 'bimboi'),
    ];
    for (const text of wrong) expectError(await me(text), 401, 'INVALID_TOKEN');
    expectError(await me(`x${key}`), 401, 'INVALID_TOKEN');
  });

  it('note their last use', async () => {
    const person = await makePerson(app);
    expect((await person.get('/api/v1/auth/me')).status).toBe(200);
    await app.services.background.drain();
    const [row] = await app.db.apiKey.findMany({ where: { accountId: person.account.id } });
    expect(Date.now() - (row?.lastUsedAt?.getTime() ?? 0)).toBeLessThan(60_000);
  });

  it('of inactive accounts are INVALID_TOKEN, and work again when the account does (1.2)', async () => {
    const account = await app.makeAccount({ active: false });
    const key = await app.makeKey(account);
    expectError(await me(key), 401, 'INVALID_TOKEN');
    await app.db.account.update({ where: { id: account.id }, data: { active: true } });
    expect((await me(key)).status).toBe(200);
  });

  it('that were revoked are refused from the next request on', async () => {
    const person = await makePerson(app);
    const { body } = await person.get('/api/v1/tokens');
    expect((await person.delete(`/api/v1/tokens/${body.tokens[0].id}`)).status).toBe(204);
    expectError(await person.get('/api/v1/auth/me'), 401, 'INVALID_TOKEN');
  });
});

describe('sessions (1.1, 1.2)', () => {
  it('are HS256 JWTs of seven days with the documented claims', async () => {
    const account = await app.makeAccount({ name: 'Ada', plan: 'PRO' });
    const { body } = await app.request.post('/api/auth/login').send({ email: account.email, password });
    const [header, claims] = body.token
      .split('.')
      .slice(0, 2)
      .map((text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()));
    expect(body.token.startsWith('eyJhbG')).toBe(true);
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(claims).toMatchObject({ sub: account.id, email: account.email, name: 'Ada', plan: 'PRO' });
    expect(claims.exp - claims.iat).toBe(7 * 24 * 3600);
    expect(Math.abs(claims.iat - Date.now() / 1000)).toBeLessThan(60);
  });

  it('past their time are TOKEN_EXPIRED', async () => {
    const account = await app.makeAccount();
    const { sid } = payloadOf(await app.makeSession(account));
    const expired = await identityServices(app).sessionTokens.issue(
      { id: sid },
      account,
      new Date(Date.now() - 1000),
    );
    expectError(await me(expired), 401, 'TOKEN_EXPIRED');
  });

  it('expire while they are in the cache', async () => {
    const account = await app.makeAccount();
    const { sid } = payloadOf(await app.makeSession(account));
    const soon = await identityServices(app).sessionTokens.issue(
      { id: sid },
      account,
      new Date(Date.now() + 2000),
    );
    expect((await me(soon)).status).toBe(200);
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2100 });
    expectError(await me(soon), 401, 'TOKEN_EXPIRED');
  });

  it('show the stored name and plan, not the claims', async () => {
    const account = await app.makeAccount({ name: 'Old' });
    const session = await app.makeSession(account);
    await app.db.account.update({ where: { id: account.id }, data: { name: 'New', plan: 'SCALE' } });
    expect((await me(session)).body.user).toMatchObject({ name: 'New', plan: 'SCALE' });
  });

  it('of deleted, inactive and re-versioned accounts are INVALID_TOKEN', async () => {
    const changes = [{ active: false }, { tokenVersion: 1 }];
    for (const data of changes) {
      const account = await app.makeAccount();
      const session = await app.makeSession(account);
      await app.db.account.update({ where: { id: account.id }, data });
      expectError(await me(session), 401, 'INVALID_TOKEN');
    }
    const account = await app.makeAccount();
    const session = await app.makeSession(account);
    await app.db.account.delete({ where: { id: account.id } });
    expectError(await me(session), 401, 'INVALID_TOKEN');
  });

  describe('forged', () => {
    const forgeries: [string, (jwt: string) => string | Promise<string>][] = [
      ['alg none, no signature', (jwt) => `${part({ alg: 'none', typ: 'JWT' })}.${jwt.split('.')[1]}.`],
      ['alg none, old signature', (jwt) => `${part({ alg: 'none' })}.${jwt.split('.').slice(1).join('.')}`],
      ['alg NoNe', (jwt) => `${part({ alg: 'NoNe' })}.${jwt.split('.')[1]}.`],
      ['no signature', (jwt) => `${jwt.split('.').slice(0, 2).join('.')}.`],
      ['two parts', (jwt) => jwt.split('.').slice(0, 2).join('.')],
      ['four parts', (jwt) => `${jwt}.x`],
      ['signature cut', (jwt) => jwt.slice(0, -2)],
      [
        'another subject',
        (jwt) => withPayload(jwt, { ...payloadOf(jwt), sub: '00000000-0000-7000-8000-000000000000' }),
      ],
      ['a later expiry', (jwt) => withPayload(jwt, { ...payloadOf(jwt), exp: payloadOf(jwt).exp + 1 })],
      [
        'HS512 under the real key',
        (jwt) => new SignJWT(payloadOf(jwt)).setProtectedHeader({ alg: 'HS512' }).sign(signingKey),
      ],
      [
        'HS384 under the real key',
        (jwt) => new SignJWT(payloadOf(jwt)).setProtectedHeader({ alg: 'HS384' }).sign(signingKey),
      ],
      ['RS256 header over an HMAC', (jwt) => hmacSigned(jwt, { alg: 'RS256', typ: 'JWT' })],
      [
        'another key',
        async (jwt) =>
          new SignJWT(payloadOf(jwt))
            .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
            .sign(Buffer.alloc(32, 7)),
      ],
      ['an empty key', (jwt) => hmacSigned(jwt, { alg: 'HS256', typ: 'JWT' }, Buffer.alloc(0))],
      [
        'the secret key itself',
        (jwt) => hmacSigned(jwt, { alg: 'HS256', typ: 'JWT' }, Buffer.from(secretKey)),
      ],
      [
        'a key in its header',
        (jwt) =>
          hmacSigned(jwt, { alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }, Buffer.from('AAAA', 'base64url')),
      ],
      ['an unknown critical header', (jwt) => hmacSigned(jwt, { alg: 'HS256', crit: ['x'], x: 1 })],
      ['no expiry', (jwt) => resigned(jwt, { exp: undefined })],
      ['another issuer', (jwt) => resigned(jwt, { iss: 'someone' })],
      ['another audience', (jwt) => resigned(jwt, { aud: 'someone' })],
      ['an unknown session', (jwt) => resigned(jwt, { sid: '00000000-0000-7000-8000-000000000000' })],
      ['a session that is no text', (jwt) => resigned(jwt, { sid: { a: 1 } })],
      ['a session of nothing', (jwt) => resigned(jwt, { sid: null })],
      ['an old token version', (jwt) => resigned(jwt, { tv: -1 })],
      ['somebody else as subject, signed', (jwt) => resigned(jwt, { sub: 'x' })],
    ];

    function withPayload(jwt: string, payload: unknown): string {
      const [header, , signature] = jwt.split('.');
      return `${header}.${part(payload)}.${signature}`;
    }
    function hmacSigned(
      jwt: string,
      header: unknown,
      key: Buffer = signingKey,
      payload: unknown = payloadOf(jwt),
    ): string {
      const signed = `${part(header)}.${part(payload)}`;
      return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
    }
    function resigned(jwt: string, changes: Record<string, unknown>): string {
      return hmacSigned(jwt, { alg: 'HS256', typ: 'JWT' }, signingKey, { ...payloadOf(jwt), ...changes });
    }

    it('but an honest one signed by hand passes, so the forgeries below fail for their own reason', async () => {
      expect((await me(resigned(await app.makeSession(await app.makeAccount()), {}))).status).toBe(200);
    });

    it.each(forgeries)('%s is INVALID_TOKEN', async (_what, forge) => {
      const jwt = await app.makeSession(await app.makeAccount());
      expectError(await me(await forge(jwt)), 401, 'INVALID_TOKEN');
    });
  });

  it('of a server with another secret are INVALID_TOKEN', async () => {
    const account = await app.makeAccount();
    const { sid } = payloadOf(await app.makeSession(account));
    const other = createSessionTokens(createKeyring(Buffer.from('another secret')).derive('session-tokens'));
    expectError(await me(await other.issue({ id: sid }, account, hourAhead())), 401, 'INVALID_TOKEN');
  });

  it.each([
    'x',
    'a.b.c',
    '..',
    'null',
    '🦊',
    'Bearer',
    `${'x'.repeat(7000)}`,
  ])('garbage %s is INVALID_TOKEN', async (text) => {
    expectError(await me(Buffer.from(text).toString('latin1')), 401, 'INVALID_TOKEN');
  });
});
