import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { sha256Hex } from '../../src/platform/secrets/tokens.ts';
import { password } from '../support/app.ts';
import { cookiesOf, jar, type Person, startOpenbin, strongPassword, useOpenbin } from './support.ts';

const app = useOpenbin();

let registered = 0;
const good = () => ({
  email: `reg${++registered}@example.com`,
  password: strongPassword,
  displayName: 'Ada',
});
const register = (extra: object = {}, at = app) =>
  at.call('post', '/auth/register').send({ ...good(), ...extra });

describe('what fits (7.2)', () => {
  it.each([
    ['an address of 255 characters', { email: `${'x'.repeat(243)}@example.com` }],
    ['a plus sign behind the @', { email: 'a@b+c.example.com' }],
    ['an address in capitals, with space around it', { email: '  Somebody@Example.COM ' }],
    ['a password of 8 characters', { password: 'Abcdefg1' }],
    ['one of 72, without a symbol', { password: `Aa1${'x'.repeat(69)}` }],
    ['a name of one character', { displayName: 'x' }],
    ['one of 100', { displayName: 'x'.repeat(100) }],
    ['one of 100 and some that are not seen', { displayName: `\u200b${'x'.repeat(99)}\u202e\u2060x` }],
  ])('%s', async (_what, input) => {
    const sent = { ...good(), ...input };
    const { status, body } = await register(sent);
    expect([status, body.error]).toEqual([201, undefined]);
    expect(body.user.email).toBe(sent.email.trim().toLowerCase());
    expect(body.user.displayName).toBe(sent.displayName);
    await app.call('post', '/auth/login').send(sent).expect(200);
    await app.call('post', '/auth/forgot-password').send(sent).expect(200);
  });

  it.each([
    ['a name of 101 characters that are seen', { displayName: `\u200b${'x'.repeat(101)}` }, 'displayName'],
    ['one that hardly has any', { displayName: `x${'\u200b'.repeat(500)}x` }, 'displayName'],
    ['an address of 256', { email: `${'x'.repeat(244)}@example.com` }, 'email'],
    ['a dot only before the @', { email: 'a.b@example' }, 'email'],
    ['a tab in it', { email: 'a\tb@example.com' }, 'email'],
    ['a password of 73', { password: `Aa1${'x'.repeat(70)}` }, 'password'],
  ])('but not %s', async (_what, input, field) => {
    const { status, body } = await register(input);
    expect([status, body]).toEqual([
      422,
      { error: 'VALIDATION_ERROR', message: expect.stringMatching(new RegExp(`^${field} `)) },
    ]);
  });
});

describe('an account is (7.3)', () => {
  it.each([
    ['FREE', 'plus'],
    ['PRO', 'pro'],
    ['SCALE', 'pro'],
  ] as const)('of the plan %s: %s, active for a thousand years', async (plan, shown) => {
    const who = await app.person({ plan, administrator: plan === 'PRO' });
    const { body } = await app.call('get', '/auth/me', who.key).expect(200);
    const until = new Date(body.activeUntil).getUTCFullYear() - new Date(body.createdAt).getUTCFullYear();
    expect([body.plan, body.subscriptionStatus, until]).toEqual([shown, 'active', 1000]);
    expect(body.isAdmin).toBe(plan === 'PRO');
  });

  it('said to have no password where it has none', async () => {
    const { account, key } = await app.person();
    await app.db.account.update({ where: { id: account.id }, data: { passwordHash: null } });
    expect((await app.call('get', '/auth/me', key)).body.hasPassword).toBe(false);
  });
});

describe('who may register (7.3)', () => {
  it('nobody while it is closed: 403 before anything else is looked at', async () => {
    const closed = await startOpenbin({ REGISTRATION_MODE: 'closed' });
    const owner = await closed.person();
    const { invite_code: inviteCode } = await closed.location(owner);
    for (const extra of [{}, { email: 'wrong' }, { inviteCode }, { inviteCode: 'unknown' }]) {
      const answer = await register(extra, closed);
      expect([answer.status, answer.body]).toEqual([
        403,
        { error: 'FORBIDDEN', message: 'This server does not accept registrations.' },
      ]);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
    expect(await closed.db.account.count()).toBe(1);
    await closed.stop();
  });

  it('with a code while it is by invitation: 422 without, 404 for a wrong one, then the fields', async () => {
    const invited = await startOpenbin({ REGISTRATION_MODE: 'invite' });
    const owner = await invited.person();
    const { id, invite_code: inviteCode } = await invited.location(owner);
    for (const extra of [{}, { inviteCode: ' ' }, { email: 'wrong' }]) {
      const { status, body } = await register(extra, invited);
      expect([status, body]).toEqual([422, { error: 'VALIDATION_ERROR', message: 'inviteCode is required' }]);
    }
    for (const unknown of ['unknown', 7, true, ['x'], {}]) {
      const { status, body } = await register({ inviteCode: unknown, email: 'wrong' }, invited);
      expect([status, body.error]).toEqual([404, 'NOT_FOUND']);
    }
    const wrong = await register({ inviteCode, email: 'wrong' }, invited);
    expect([wrong.status, wrong.body.message]).toEqual([422, expect.stringMatching(/^email /)]);
    const taken = await register({ inviteCode, email: owner.account.email }, invited);
    expect([taken.status, taken.body.error]).toEqual([409, 'CONFLICT']);
    expect(await invited.db.membership.count()).toBe(1);

    const answer = await register({ inviteCode }, invited).expect(201);
    const cookie = jar(cookiesOf(answer));
    const { body } = await invited.call('get', '/auth/me').set('Cookie', cookie);
    expect(body.activeLocationId).toBe(id);
    // It works again and again.
    await register({ inviteCode }, invited).expect(201);
    const { body: members } = await invited.call('get', `/locations/${id}/members`, owner.key);
    expect(members.results.map(({ role }: { role: string }) => role)).toEqual(['admin', 'member', 'member']);

    // An invitation to the server, which leads to no location and works once.
    const expiresAt = new Date(Date.now() + 3600_000);
    await invited.db.invitation.create({ data: { id: newId(), hash: sha256Hex('server-code'), expiresAt } });
    const alone = await register({ inviteCode: 'server-code' }, invited).expect(201);
    const { body: me } = await invited.call('get', '/auth/me').set('Cookie', jar(cookiesOf(alone)));
    expect(me.activeLocationId).toBeNull();
    await register({ inviteCode: 'server-code' }, invited).expect(404);
    await invited.stop();
  });
});

describe('the active location at login (7.4)', () => {
  const login = async (email: string) =>
    (await app.call('post', '/auth/login').send({ email, password }).expect(200)).body.activeLocationId;

  it('is the one that was chosen, else the one that was changed last, which is then the chosen one', async () => {
    const who = await app.person();
    const [first, second] = [await app.location(who, 'First'), await app.location(who, 'Second')];
    const active = async () => (await app.call('get', '/auth/me', who.key)).body.activeLocationId;
    const choose = (locationId: string | null) =>
      app.call('put', '/auth/active-location', who.key).send({ locationId }).expect(200);
    const touch = (id: string) =>
      app
        .call('put', `/locations/${id}`, who.key)
        .send({ term_bin: `x${++registered}` })
        .expect(200);

    await choose(first.id);
    await touch(second.id);
    expect(await login(who.account.email)).toBe(first.id);
    await choose(null);
    expect(await active()).toBeNull();
    expect(await login(who.account.email)).toBe(second.id);
    expect(await active()).toBe(second.id);
    await touch(first.id);
    expect(await login(who.account.email)).toBe(second.id);
    await app.call('delete', `/locations/${second.id}`, who.key).expect(200);
    expect(await active()).toBeNull();
    expect(await login(who.account.email)).toBe(first.id);
    await app.call('delete', `/locations/${first.id}`, who.key).expect(200);
    expect(await login(who.account.email)).toBeNull();
  });
});

describe('a login while the only location is lost (7.4)', () => {
  /** Signs in; `happen` comes between the look at the locations and the choice of one. */
  async function loginDuring(email: string, happen: () => Promise<unknown>) {
    const { database } = app.services;
    const { db } = database;
    const held = db.$extends({
      query: {
        membership: {
          async findFirst({ args, query }) {
            const found = await query(args);
            Object.assign(database, { db });
            await happen();
            return found;
          },
        },
      },
    });
    Object.assign(database, { db: held });
    return app.call('post', '/auth/login').send({ email, password });
  }

  it.each([
    ['by removal', (id: string, who: Person) => `/locations/${id}/members/${who.account.id}`],
    ['by its deletion', (id: string) => `/locations/${id}`],
  ])('chooses none: %s', async (_how, path) => {
    const [owner, who] = [await app.person(), await app.person()];
    const { id } = await app.location(owner);
    await app.belong(who, id, 'MEMBER');
    const { status, body } = await loginDuring(who.account.email, async () => {
      await app.call('delete', path(id, who), owner.key).expect(200);
    });
    expect([status, body.activeLocationId]).toEqual([200, null]);
    expect((await app.call('get', '/auth/me', who.key)).body.activeLocationId).toBeNull();
  });
});

describe('the link for a new password (7.7)', () => {
  it('leads to BASE_URL with a token that is kept as a hash; the sessions cannot be renewed after it', async () => {
    const based = await startOpenbin({ BASE_URL: 'https://bins.example.com' });
    const { account } = await based.person();
    const { email } = account;
    const before = cookiesOf(await based.call('post', '/auth/login').send({ email, password }));
    await based.call('post', '/auth/forgot-password').send({ email }).expect(200);
    const [mail] = await based.mails();
    const [, token = ''] =
      /https:\/\/bins\.example\.com\/reset-password\?token=([\w-]+)/.exec(mail?.text ?? '') ?? [];
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const kept = await based.db.oneTimeSecret.findFirstOrThrow({ where: { accountId: account.id } });
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(JSON.stringify(kept)).toContain(sha256Hex(token));
    const reset = (body: object) => based.call('post', '/auth/reset-password').send(body);
    // Weak is told before unknown.
    await reset({ token: 'unknown', newPassword: 'weak' }).expect(422);
    const { body } = await reset({ token, newPassword: strongPassword }).expect(200);
    expect(Object.keys(body)).toEqual(['message']);
    await based
      .call('post', '/auth/refresh')
      .set('Cookie', jar(before))
      .set('X-CSRF-Token', before['openbin-csrf']?.value ?? '')
      .expect(401);
    await based.stop();
  });
});
