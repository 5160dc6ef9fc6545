import { describe, expect, it } from 'vitest';
import { password, useApp } from '../support/app.ts';
import { expectError, tokenIn } from './support.ts';

const app = useApp();

const post = (path: string, body: unknown) =>
  app.request
    .post(`/api/auth/${path}`)
    .set('content-type', 'application/json')
    .send(JSON.stringify(body))
    .then((response) => response);
const verify = (token: unknown) => post('verify-email', { token });

let made = 0;
async function registered() {
  const email = `verify${++made}@example.com`;
  const { body } = await post('register', { email, password });
  return { id: body.user_id as string, email, token: tokenIn((await app.mailTo(email)).text) };
}

const verifiedAt = async (id: string) =>
  (await app.db.account.findUniqueOrThrow({ where: { id } })).emailVerifiedAt;
const age = (accountId: string, expiresAt: Date) =>
  app.db.oneTimeSecret.updateMany({ where: { accountId }, data: { expiresAt } });

describe('POST /api/auth/verify-email (2.3)', () => {
  it('proves the address with the token from the mail, once, and does not sign in', async () => {
    const { id, email, token } = await registered();
    expectError(await post('login', { email, password }), 403, 'EMAIL_NOT_VERIFIED');
    const { status, body, headers } = await verify(token);
    expect([status, body]).toEqual([200, { ok: true, email }]);
    expect(headers['set-cookie']).toBeUndefined();
    expect(await verifiedAt(id)).toBeInstanceOf(Date);
    expect(await app.db.session.count({ where: { accountId: id } })).toBe(0);
    expect((await post('login', { email, password })).status).toBe(200);
    expectError(await verify(token), 404, 'TOKEN_INVALID');
  });

  it.each([undefined, null, '', '   '])('400 TOKEN_REQUIRED for %j', async (token) => {
    expectError(await verify(token), 400, 'TOKEN_REQUIRED');
  });

  it.each([
    'x',
    '0'.repeat(48),
    'x'.repeat(100_000),
    "' OR 1=1 --",
    '🦊',
  ])('404 TOKEN_INVALID for an unknown one (case %#)', async (token) => {
    expectError(await verify(token), 404, 'TOKEN_INVALID');
  });

  it('does not take a token in another case or with a character more', async () => {
    const { token } = await registered();
    expectError(await verify(`${token}0`), 404, 'TOKEN_INVALID');
    expectError(await verify(token.slice(0, -1)), 404, 'TOKEN_INVALID');
    expectError(await verify(token.toUpperCase()), 404, 'TOKEN_INVALID');
    expect((await verify(token)).status).toBe(200);
  });

  it('410 TOKEN_EXPIRED after 24 hours, and the address stays unproven', async () => {
    const { id, token } = await registered();
    await age(id, new Date(Date.now() - 1));
    expectError(await verify(token), 410, 'TOKEN_EXPIRED');
    expectError(await verify(token), 410, 'TOKEN_EXPIRED');
    expect(await verifiedAt(id)).toBeNull();
    await age(id, new Date(Date.now() + 60_000));
    expect((await verify(token)).status).toBe(200);
    await age(id, new Date(Date.now() - 1));
    expectError(await verify(token), 404, 'TOKEN_INVALID');
  });

  it('does not take the token of a password reset', async () => {
    const { id, email } = await registered();
    await post('forgot-password', { email });
    const reset = (await app.mails()).findLast(
      ({ to, text }) => to === email && text.includes('/reset-password'),
    );
    expectError(await verify(tokenIn(reset?.text ?? '')), 404, 'TOKEN_INVALID');
    expect(await verifiedAt(id)).toBeNull();
  });

  it('is not done by opening the link', async () => {
    const { id, token, email } = await registered();
    const page = await app.request.get(`/verify-email?token=${token}&email=${email}`);
    expect(page.status).toBe(200);
    await app.request.get(`/api/auth/verify-email?token=${token}`).expect(405);
    expect(await verifiedAt(id)).toBeNull();
  });

  it('lets one of 20 parallel calls win', async () => {
    const { token } = await registered();
    const answers = await Promise.all(Array.from({ length: 20 }, () => verify(token)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 404)]);
  });
});

describe('POST /api/auth/resend-verification (2.3)', () => {
  it('mails a new token, and the older stops working', async () => {
    const { email, token } = await registered();
    expect((await post('resend-verification', { email: ` ${email.toUpperCase()} ` })).body).toEqual({
      ok: true,
    });
    const mails = (await app.mails()).filter(({ to }) => to === email);
    expect(mails).toHaveLength(2);
    expectError(await verify(token), 404, 'TOKEN_INVALID');
    expect((await verify(tokenIn(mails[1]?.text ?? ''))).status).toBe(200);
  });

  it('answers unknown, verified and inactive addresses alike, and mails nobody', async () => {
    const verified = await app.makeAccount();
    const inactive = await app.makeAccount({ verified: false, active: false });
    const before = (await app.mails()).length;
    for (const email of ['nobody@example.com', verified.email, inactive.email]) {
      const { status, body } = await post('resend-verification', { email });
      expect([status, body]).toEqual([200, { ok: true }]);
    }
    expect(await app.mails()).toHaveLength(before);
  });

  it('refuses what is no address', async () => {
    expectError(await post('resend-verification', { email: '' }), 400, 'MISSING_EMAIL');
    expectError(await post('resend-verification', { email: 'x' }), 400, 'INVALID_EMAIL');
  });
});
