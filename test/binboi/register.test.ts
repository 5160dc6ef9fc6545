import { describe, expect, it } from 'vitest';
import { password, useApp } from '../support/app.ts';
import { expectError, expectJson, tokenIn, uuid } from './support.ts';

const app = useApp();

const register = (body: unknown) =>
  app.request
    .post('/api/auth/register')
    .set('content-type', 'application/json')
    .send(JSON.stringify(body))
    .then((response) => response);

let made = 0;
const freshEmail = () => `new${++made}@example.com`;

describe('POST /api/auth/register (2.1)', () => {
  it('makes an unverified account on FREE, signs nobody in and mails a link', async () => {
    const response = await register({
      name: 'Ada',
      email: '  NEW@Example.COM ',
      password,
      confirm_password: password,
    });
    expect(response.status).toBe(201);
    expectJson(response);
    expect(response.body).toEqual({
      ok: true,
      user_id: expect.stringMatching(uuid),
      email: 'new@example.com',
    });
    expect(response.headers['set-cookie']).toBeUndefined();
    const account = await app.db.account.findUniqueOrThrow({ where: { id: response.body.user_id } });
    expect(account).toMatchObject({
      email: 'new@example.com',
      name: 'Ada',
      plan: 'FREE',
      emailVerifiedAt: null,
      administrator: false,
    });
    expect(account.passwordHash).toMatch(/^\$argon2id\$/);
    const mail = await app.mailTo('new@example.com');
    const link = new URL(/https?:\S+/.exec(mail.text)?.[0] ?? '');
    expect(link.pathname).toBe('/verify-email');
    expect(link.searchParams.get('token')).toMatch(/^[0-9a-f]{48}$/);
    expect(link.searchParams.get('email')).toBe('new@example.com');
  });

  it('keeps the token of the mail as SHA-256 only, for 24 hours', async () => {
    const email = freshEmail();
    const { body } = await register({ email, password });
    const token = tokenIn((await app.mailTo(email)).text);
    const secret = await app.db.oneTimeSecret.findFirstOrThrow({
      where: { accountId: body.user_id, purpose: 'EMAIL_LINK' },
    });
    expect(JSON.stringify(secret)).not.toContain(token);
    expect(secret.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Math.abs(secret.expiresAt.getTime() - Date.now() - 24 * 3600_000)).toBeLessThan(60_000);
  });

  const names: [string, unknown, string][] = [
    ['as given, trimmed', '  Ada Lovelace ', 'Ada Lovelace'],
    ['two characters are enough', 'Al', 'Al'],
    ['one character is too short', 'A', 'LOCAL'],
    ['one emoji is one character', '🦊', 'LOCAL'],
    ['spaces are nothing', '    ', 'LOCAL'],
    ['empty', '', 'LOCAL'],
    ['null', null, 'LOCAL'],
    ['missing', undefined, 'LOCAL'],
    ['cut at 80', 'x'.repeat(81), 'x'.repeat(80)],
    ['never cut through a character', '🦊'.repeat(81), '🦊'.repeat(80)],
  ];
  it.each(names)('name: %s', async (_what, name, expected) => {
    const email = freshEmail();
    const { body } = await register({ name, email, password });
    const { name: stored } = await app.db.account.findUniqueOrThrow({ where: { id: body.user_id } });
    expect(stored).toBe(expected === 'LOCAL' ? email.split('@')[0] : expected);
  });

  const refused: [number, string, unknown][] = [
    [400, 'MISSING_EMAIL', {}],
    [400, 'MISSING_EMAIL', { email: '', password }],
    [400, 'MISSING_EMAIL', { email: '   ', password }],
    [400, 'MISSING_EMAIL', { email: null, password }],
    [400, 'MISSING_EMAIL', { email: '', password: 'short', confirm_password: 'x' }],
    [400, 'INVALID_EMAIL', { email: 'ada', password: '' }],
    [400, 'INVALID_EMAIL', { email: 'ada@example', password }],
    [400, 'INVALID_EMAIL', { email: `${'x'.repeat(65)}@example.com`, password }],
    [400, 'INVALID_EMAIL', { email: 'a,b@example.com', password }],
    [400, 'INVALID_EMAIL', { email: 'a<b@example.com', password }],
    [400, 'INVALID_EMAIL', { email: 'ada@example.com>.x', password }],
    [400, 'INVALID_EMAIL', { email: '@example.com', password }],
    [400, 'INVALID_EMAIL', { email: 'a da@example.com', password }],
    [400, 'INVALID_EMAIL', { email: 'ada@exa mple.com', password }],
    [400, 'INVALID_EMAIL', { email: 'a@b@example.com', password }],
    [400, 'INVALID_EMAIL', { email: 'ada@example.', password }],
    [400, 'INVALID_EMAIL', { email: 'ada\n@example.com', password }],
    [400, 'INVALID_EMAIL', { email: `${'x'.repeat(250)}@example.com`, password }],
    [400, 'MISSING_PASSWORD', { email: 'free@example.com' }],
    [400, 'MISSING_PASSWORD', { email: 'free@example.com', password: '' }],
    [400, 'MISSING_PASSWORD', { email: 'free@example.com', password: null, confirm_password: 'x' }],
    [400, 'PASSWORD_TOO_SHORT', { email: 'free@example.com', password: '1234567' }],
    [400, 'PASSWORD_TOO_SHORT', { email: 'free@example.com', password: '🦊🦊🦊🦊' }],
    [400, 'PASSWORD_TOO_SHORT', { email: 'free@example.com', password: 'short', confirm_password: 'other' }],
    [400, 'PASSWORD_MISMATCH', { email: 'free@example.com', password, confirm_password: `${password} ` }],
    [400, 'PASSWORD_MISMATCH', { email: 'taken@example.com', password, confirm_password: 'other' }],
    [400, 'INVALID_BODY', { email: 'free@example.com', password: 'x'.repeat(1025) }],
    [409, 'ACCOUNT_EXISTS', { email: 'taken@example.com', password }],
    [409, 'ACCOUNT_EXISTS', { email: ' TAKEN@example.com ', password }],
    [409, 'ACCOUNT_EXISTS', { email: 'unverified@example.com', password }],
  ];
  it.each(refused)('%i %s for %j, and nothing changes', async (status, code, body) => {
    await app.db.account.deleteMany({
      where: { email: { in: ['taken@example.com', 'unverified@example.com'] } },
    });
    await app.makeAccount({ email: 'taken@example.com' });
    await app.makeAccount({ email: 'unverified@example.com', verified: false });
    const before = [await app.db.account.count(), (await app.mails()).length];
    expectError(await register(body), status, code);
    expect([await app.db.account.count(), (await app.mails()).length]).toEqual(before);
  });

  it.each(['', null, undefined])('takes confirm_password %j as not given', async (confirm_password) => {
    expect((await register({ email: freshEmail(), password, confirm_password })).status).toBe(201);
  });

  it('takes any 8 characters as password, spaces too, and does not trim it', async () => {
    for (const odd of ['        ', 'ÄÖÜß🦊🦊🦊🦊', '12345678', 'x'.repeat(1024)]) {
      const email = freshEmail();
      expect((await register({ email, password: odd })).status).toBe(201);
      await app.db.account.update({ where: { email }, data: { emailVerifiedAt: new Date() } });
      expect((await app.request.post('/api/auth/login').send({ email, password: odd })).status).toBe(200);
      expect((await app.request.post('/api/auth/login').send({ email, password: `${odd} ` })).status).toBe(
        401,
      );
    }
  });

  it('cannot make itself an administrator, verified, or of another plan', async () => {
    const extras = {
      plan: 'SCALE',
      administrator: true,
      emailVerifiedAt: new Date(),
      id: 'x',
      active: false,
    };
    const { body } = await register({ email: freshEmail(), password, ...extras });
    const account = await app.db.account.findUniqueOrThrow({ where: { id: body.user_id } });
    expect(account).toMatchObject({
      plan: 'FREE',
      administrator: false,
      emailVerifiedAt: null,
      active: true,
    });
  });
});
