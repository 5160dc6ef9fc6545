import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { password, useApp } from '../support/app.ts';
import { callsWith, expectError, tokenIn } from './support.ts';

const app = useApp();

const newPassword = 'a new password';
const post = (path: string, body: unknown) =>
  app.request
    .post(`/api/auth/${path}`)
    .set('content-type', 'application/json')
    .send(JSON.stringify(body))
    .then((response) => response);
const reset = (token: unknown, new_password: unknown = newPassword) =>
  post('reset-password', { token, new_password });
const login = (email: string, text: string) => post('login', { email, password: text });

/** Asks for a reset and answers the token of the mail. */
async function askFor(email: string): Promise<string> {
  expect((await post('forgot-password', { email })).body).toEqual({ ok: true });
  return tokenIn((await app.mails()).findLast(({ to }) => to === email)?.text ?? '');
}

describe('POST /api/auth/forgot-password (2.4)', () => {
  it('mails a link with a token of 48 hexadecimal characters, kept as SHA-256 for 30 minutes', async () => {
    const { id, email } = await app.makeAccount();
    await post('forgot-password', { email: `  ${email.toUpperCase()}` });
    const { text } = await app.mailTo(email);
    const link = new URL(/https?:\S+/.exec(text)?.[0] ?? '');
    expect(link.pathname).toBe('/reset-password');
    expect(link.searchParams.get('token')).toMatch(/^[0-9a-f]{48}$/);
    expect(link.searchParams.get('email')).toBe(email);
    const secret = await app.db.oneTimeSecret.findFirstOrThrow({ where: { accountId: id } });
    expect(JSON.stringify(secret)).not.toContain(tokenIn(text));
    expect(Math.abs(secret.expiresAt.getTime() - Date.now() - 30 * 60_000)).toBeLessThan(60_000);
  });

  it('answers everybody alike; unknown, inactive and password-less accounts get no mail', async () => {
    const known = await app.makeAccount();
    const inactive = await app.makeAccount({ active: false });
    const google = await app.makeAccount();
    await app.db.account.update({ where: { id: google.id }, data: { passwordHash: null } });
    await app.db.linkedIdentity.create({
      data: {
        id: newId(),
        accountId: google.id,
        provider: 'GOOGLE',
        subject: google.id,
        email: google.email,
      },
    });
    const before = (await app.mails()).length;
    for (const email of ['nobody@example.com', inactive.email, google.email, known.email]) {
      const { status, text } = await post('forgot-password', { email });
      expect([status, text]).toEqual([200, '{"ok":true}']);
    }
    expect((await app.mails()).slice(before).map(({ to }) => to)).toEqual([known.email]);
    expect(await app.db.oneTimeSecret.count({ where: { accountId: { in: [inactive.id, google.id] } } })).toBe(
      0,
    );
  });

  it.each([undefined, null, '', ' '])('400 MISSING_EMAIL for %j', async (email) => {
    expectError(await post('forgot-password', { email }), 400, 'MISSING_EMAIL');
  });
  it.each([
    'x',
    'a@b',
    'a b@example.com',
    `${'x'.repeat(255)}@example.com`,
  ])('400 INVALID_EMAIL (case %#)', async (email) => {
    expectError(await post('forgot-password', { email }), 400, 'INVALID_EMAIL');
  });
});

describe('POST /api/auth/reset-password (2.5)', () => {
  it('sets the password once: the old one and every session end, keys stay', async () => {
    const account = await app.makeAccount();
    const key = callsWith(app, await app.makeKey(account));
    const session = callsWith(app, (await login(account.email, password)).body.token);
    expect((await session.get('/api/v1/auth/me')).status).toBe(200);
    const token = await askFor(account.email);
    const { status, body } = await reset(token);
    expect([status, body]).toEqual([200, { ok: true }]);
    expectError(await login(account.email, password), 401, 'INVALID_CREDENTIALS');
    expectError(await session.get('/api/v1/auth/me'), 401, 'INVALID_TOKEN');
    expect((await key.get('/api/v1/auth/me')).status).toBe(200);
    expect((await login(account.email, newPassword)).status).toBe(200);
    expectError(await reset(token), 404, 'TOKEN_INVALID');
  });

  const refused: [number, string, unknown, unknown][] = [
    [400, 'TOKEN_REQUIRED', undefined, undefined],
    [400, 'TOKEN_REQUIRED', '', 'short'],
    [400, 'TOKEN_REQUIRED', null, newPassword],
    [400, 'TOKEN_REQUIRED', '  ', newPassword],
    [400, 'PASSWORD_TOO_SHORT', 'unknown', undefined],
    [400, 'PASSWORD_TOO_SHORT', 'unknown', null],
    [400, 'PASSWORD_TOO_SHORT', 'unknown', ''],
    [400, 'PASSWORD_TOO_SHORT', 'unknown', '1234567'],
    [400, 'INVALID_BODY', 'unknown', 'x'.repeat(1025)],
    [404, 'TOKEN_INVALID', 'unknown', newPassword],
    [404, 'TOKEN_INVALID', '0'.repeat(48), newPassword],
  ];
  it.each(refused)('%i %s (case %#)', async (status, code, token, text) => {
    // A JSON body leaves out what is undefined.
    expectError(await post('reset-password', { token, new_password: text }), status, code);
  });

  it('410 TOKEN_EXPIRED after 30 minutes, and the password stays', async () => {
    const { id, email } = await app.makeAccount();
    const token = await askFor(email);
    await app.db.oneTimeSecret.updateMany({
      where: { accountId: id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expectError(await reset(token), 410, 'TOKEN_EXPIRED');
    expectError(await reset(token, 'short'), 400, 'PASSWORD_TOO_SHORT');
    expect((await login(email, password)).status).toBe(200);
  });

  it('does not use the token up with a password that it refuses', async () => {
    const { email } = await app.makeAccount();
    const token = await askFor(email);
    expectError(await reset(token, 'short'), 400, 'PASSWORD_TOO_SHORT');
    expect((await reset(token)).status).toBe(200);
  });

  it('takes the newest token only', async () => {
    const { email } = await app.makeAccount();
    const older = await askFor(email);
    const newer = await askFor(email);
    expectError(await reset(older), 404, 'TOKEN_INVALID');
    expect((await reset(newer)).status).toBe(200);
  });

  it('does not take the token of a verification', async () => {
    const email = 'fresh@example.com';
    await post('register', { email, password });
    expectError(await reset(tokenIn((await app.mailTo(email)).text)), 404, 'TOKEN_INVALID');
  });

  it('proves the address of an unverified account, and revokes what was made before', async () => {
    const account = await app.makeAccount({ verified: false });
    const key = callsWith(app, await app.makeKey(account));
    expectError(await key.get('/api/v1/auth/me'), 403, 'EMAIL_NOT_VERIFIED');
    expect((await reset(await askFor(account.email))).status).toBe(200);
    expect((await login(account.email, newPassword)).status).toBe(200);
    expectError(await key.get('/api/v1/auth/me'), 401, 'INVALID_TOKEN');
  });

  it('does not switch an inactive account on', async () => {
    const { id, email } = await app.makeAccount();
    const token = await askFor(email);
    await app.db.account.update({ where: { id }, data: { active: false } });
    await reset(token);
    expect((await app.db.account.findUniqueOrThrow({ where: { id } })).active).toBe(false);
    expectError(await login(email, newPassword), 403, 'ACCOUNT_INACTIVE');
  });

  it('lets one of 8 parallel calls win', async () => {
    const { email } = await app.makeAccount();
    const token = await askFor(email);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => reset(token, `${newPassword} ${n}`)),
    );
    const winners = answers.flatMap(({ status }, n) => (status === 200 ? [n] : []));
    expect(winners).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200 || status === 404)).toBe(true);
    expect((await login(email, `${newPassword} ${winners[0]}`)).status).toBe(200);
  });
});
