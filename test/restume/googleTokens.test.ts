import { createHmac } from 'node:crypto';
import { type CryptoKey, exportSPKI, importJWK, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, useApp } from '../support/app.ts';
import { useStarted } from '../support/started.ts';
import { clientId, makeSigningKey, startKeyServer, type TokenOptions } from './support/keyServer.ts';
import { restumeOf } from './support/restume.ts';

const google = useStarted(startKeyServer);
const app = useApp(() => google.env);

const email = 'ada@example.com';
const signIn = (credential: string, at: TestApp = app) => restumeOf(at).post('/auth/google', { credential });
const nowSeconds = () => Math.floor(Date.now() / 1000);

async function expectRefused(credential: string) {
  const before = await app.db.account.count();
  const { status, body, headers } = await signIn(credential);
  expect([status, body]).toEqual([401, { detail: expect.stringContaining('not valid') }]);
  expect(headers['www-authenticate']).toBe('Bearer');
  expect(await app.db.account.count()).toBe(before);
}

describe('a Google credential', () => {
  it('is good when all is well', async () => {
    await signIn(await google.token(email)).expect(200);
  });

  it.each<[string, TokenOptions]>([
    ['for another client', { claims: { aud: 'another-client' } }],
    ['for several clients', { claims: { aud: [clientId, 'another-client'] } }],
    ['by another issuer', { claims: { iss: 'https://accounts.example.com' } }],
    [
      'by Google’s name where another issuer is configured',
      { claims: { iss: 'https://accounts.google.com' } },
    ],
    ['expired', { expiresAt: nowSeconds() - 1 }],
    ['not valid yet', { claims: { nbf: nowSeconds() + 600 } }],
    ['of an unverified address', { claims: { email_verified: false } }],
    ['of an address verified in words only', { claims: { email_verified: 'true' } }],
    ['without an address', { claims: { email: undefined } }],
    ['of what is no address', { claims: { email: 'nobody' } }],
    ['of an address with a control character', { claims: { email: 'a\u0000da@example.com' } }],
    ['without a subject', { claims: { sub: '' } }],
    ['of an endless subject', { claims: { sub: 's'.repeat(256) } }],
    ['with a jku header', { header: { jku: 'https://evil.example/certs' } }],
    ['with an x5u header', { header: { x5u: 'https://evil.example/cert.pem' } }],
    ['without a key id', { header: { kid: undefined } }],
  ])('is refused when it is %s', async (_what, options) => {
    await expectRefused(await google.token(email, options));
  });

  it('is refused without a signature (alg none)', async () => {
    const unsigned = new UnsecuredJWT({ email, email_verified: true })
      .setIssuer(google.origin)
      .setAudience(clientId)
      .setSubject('x')
      .setIssuedAt()
      .setExpirationTime('1h')
      .encode();
    await expectRefused(unsigned);
    const [, claims] = (await google.token(email)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: 'first' })).toString('base64url');
    await expectRefused(`${header}.${claims}.`);
  });

  it('is refused when the public key was used as an HMAC secret', async () => {
    const { publicJwk, kid } = google.current();
    const key = await importJWK(publicJwk, 'RS256', { extractable: true });
    const pem = await exportSPKI(key as CryptoKey);
    const [, claims] = (await google.token(email)).split('.');
    for (const secret of [pem, JSON.stringify(publicJwk)]) {
      const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid })).toString('base64url');
      const mac = createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url');
      await expectRefused(`${header}.${claims}.${mac}`);
    }
  });

  it('is refused when another key has signed it, under its own name or the published one', async () => {
    await expectRefused(await google.token(email, { key: await makeSigningKey('other') }));
    await expectRefused(await google.token(email, { key: await makeSigningKey('first') }));
  });

  it('is refused when it brings the key that has signed it', async () => {
    const key = await makeSigningKey('first');
    await expectRefused(await google.token(email, { key, header: { jwk: key.publicJwk } }));
  });

  it('is refused when its claims were changed after the signing', async () => {
    const [header, claims, signature] = (await google.token(email)).split('.') as [string, string, string];
    const read = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...read, email: 'eve@example.com' })).toString('base64url');
    await expectRefused(`${header}.${changed}.${signature}`);
  });

  it.each([
    'x',
    'a.b.c',
    '..',
    'eyJhbGciOiJSUzI1NiJ9.e30.',
    'x'.repeat(100_000),
  ])('is refused when it is no token: %.20s', async (credential) => {
    await expectRefused(credential);
  });

  it('is refused when it is one of this server’s own sessions', async () => {
    await expectRefused(await app.makeSession(await app.makeAccount()));
  });
});

describe('the issuer', () => {
  it('may spell itself in Google’s two ways where it is Google', async () => {
    const { GOOGLE_ISSUER: _default, ...env } = google.env;
    const real = await startTestApp(env);
    for (const iss of ['https://accounts.google.com', 'accounts.google.com']) {
      await signIn(await google.token(email, { claims: { iss } }), real).expect(200);
    }
    await signIn(await google.token(email), real).expect(401);
    await real.stop();
  });
});

describe('Google’s keys', () => {
  it('are fetched once for many credentials', async () => {
    const fresh = await startTestApp(google.env);
    const before = google.fetches();
    const token = await google.token(email);
    await Promise.all(Array.from({ length: 10 }, () => signIn(token, fresh).expect(200)));
    expect(google.fetches() - before).toBe(1);
    await fresh.stop();
  });

  it('are fetched again when a credential names a new one, and the withdrawn one is then refused', async () => {
    const server = await startKeyServer();
    const fresh = await startTestApp(server.env);
    const old = await server.token(email);
    await signIn(old, fresh).expect(200);
    server.publish(await makeSigningKey('second'));
    await signIn(await server.token(email), fresh).expect(200);
    await signIn(old, fresh).expect(401);
    await fresh.stop();
    await server.stop();
  });

  it('are not fetched for every made-up key id', async () => {
    const server = await startKeyServer();
    const fresh = await startTestApp(server.env);
    for (let tries = 0; tries < 20; tries++) {
      const key = { ...server.current(), kid: `made-up-${tries}` };
      await signIn(await server.token(email, { key }), fresh).expect(401);
    }
    expect(server.fetches()).toBeLessThanOrEqual(6);
    await fresh.stop();
    await server.stop();
  });

  it('go on working while their server is down, hangs or talks nonsense', async () => {
    const server = await startKeyServer();
    const fresh = await startTestApp(server.env);
    await signIn(await server.token(email), fresh).expect(200);
    server.answerWith(500);
    await signIn(await server.token(email), fresh).expect(200);
    await server.stop();
    await signIn(await server.token(email), fresh).expect(200);
    const unknown = await server.token(email, { key: { ...server.current(), kid: 'rotated' } });
    const { status, headers } = await signIn(unknown, fresh);
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await fresh.stop();
  });

  it('missing altogether answer 503, and 200 once their server is back', async () => {
    const server = await startKeyServer();
    const fresh = await startTestApp(server.env);
    server.answerWith(500);
    const { status, body } = await signIn(await server.token(email), fresh);
    expect([status, body]).toEqual([503, { detail: expect.stringContaining('try again') }]);
    server.answerWith(200);
    await signIn(await server.token(email), fresh).expect(200);
    await fresh.stop();
    await server.stop();
  });

  it('are waited for three seconds', async () => {
    const server = await startKeyServer();
    const fresh = await startTestApp(server.env);
    server.hang(true);
    const startedAt = performance.now();
    await signIn(await server.token(email), fresh).expect(503);
    expect(performance.now() - startedAt).toBeLessThan(12_000);
    server.hang(false);
    await signIn(await server.token(email), fresh).expect(200);
    await fresh.stop();
    await server.stop();
  });
});

describe('without a Google client id', () => {
  it('answers 503 whatever is sent', async () => {
    const off = await startTestApp();
    for (const credential of ['x', await google.token(email)]) {
      const { status, body } = await signIn(credential, off);
      expect([status, body]).toEqual([503, { detail: expect.stringContaining('does not offer') }]);
    }
    await off.stop();
  });
});
