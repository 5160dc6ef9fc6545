import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { purgeOldSessions } from '../../src/graph/identity/deletion/due.ts';
import { identityServices } from '../../src/graph/identity/services.ts';
import { cookiesOf, jar, strongPassword, useOpenbin } from './support.ts';

const app = useOpenbin();

let registered = 0;
async function register(extra: object = {}) {
  const email = `new${++registered}@example.com`;
  const response = await app
    .call('post', '/auth/register')
    .send({ email, password: strongPassword, displayName: 'Ada', ...extra });
  return { email, response, cookies: cookiesOf(response) };
}
const login = (email: string, password = strongPassword) =>
  app.call('post', '/auth/login').send({ email, password });
const me = (cookie: string) => app.call('get', '/auth/me').set('Cookie', cookie);

describe('register (7.3)', () => {
  it('makes an account, signs it in by cookies and shows no token', async () => {
    const { email, response, cookies } = await register({ displayName: '  Ada ' });
    expect(response.status).toBe(201);
    expect(response.body).toEqual({
      user: {
        id: expect.any(String),
        displayName: 'Ada',
        email,
        avatarUrl: null,
        createdAt: expect.stringMatching(/Z$/),
      },
    });
    expect(cookies['openbin-access']?.attributes).toMatch(
      /^Path=\/; Max-Age=900; Expires=.*; HttpOnly; SameSite=Lax$/,
    );
    expect(cookies['openbin-refresh']?.attributes).toMatch(
      /^Path=\/api\/auth\/refresh; Max-Age=604800; Expires=.*; HttpOnly; SameSite=Lax$/,
    );
    expect(cookies['openbin-csrf']?.attributes).toMatch(
      /^Path=\/; Max-Age=604800; Expires=[^;]*; SameSite=Lax$/,
    );
    expect(cookies['openbin-csrf']?.value).toMatch(/^[0-9a-f]{64}$/);
    expect(cookies['openbin-refresh']?.value).toMatch(/^[\w-]{64}$/);
    const { body } = await me(jar(cookies)).expect(200);
    expect(body).toEqual({
      id: response.body.user.id,
      displayName: 'Ada',
      email,
      avatarUrl: null,
      activeLocationId: null,
      demoMode: false,
      createdAt: response.body.user.createdAt,
      updatedAt: expect.any(String),
      plan: 'plus',
      subscriptionStatus: 'active',
      activeUntil: expect.stringMatching(/^3026-/),
      isAdmin: false,
      hasPassword: true,
      deletionRequestedAt: null,
      deletionScheduledAt: null,
    });
  });

  it.each([
    ['email', { email: 'two@@example.com' }],
    ['email', { email: 'a+b@example.com' }],
    ['email', { email: 'no-dot@example' }],
    ['email', { email: 'sp ace@example.com' }],
    ['email', { email: `${'x'.repeat(250)}@e.com` }],
    ['email', { email: 7 }],
    ['email', { email: undefined }],
    ['password', { password: 'Short1x' }],
    ['password', { password: 'alllower1' }],
    ['password', { password: 'ALLUPPER1' }],
    ['password', { password: 'NoDigitsHere' }],
    ['password', { password: `Aa1${'x'.repeat(70)}` }],
    ['password', { password: undefined }],
    ['displayName', { displayName: '   ' }],
    ['displayName', { displayName: '\u200b\u202e' }],
    ['displayName', { displayName: 'x'.repeat(101) }],
    ['displayName', { displayName: undefined }],
  ])('refuses a wrong %s: %j', async (field, wrong) => {
    const { response } = await register(wrong);
    expect(response.status).toBe(422);
    expect(response.body).toEqual({ error: 'VALIDATION_ERROR', message: expect.stringMatching(field) });
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  it('answers 409 without saying why to an address that is taken', async () => {
    const { email } = await register();
    const { response } = await register({ email: email.toUpperCase() });
    expect([response.status, response.body.error]).toEqual([409, 'CONFLICT']);
  });

  it('joins the location of an invite code, in its role, without a line in the log', async () => {
    const owner = await app.person();
    const { id, invite_code: inviteCode } = await app.location(owner);
    await app.call('put', `/locations/${id}`, owner.key).send({ default_join_role: 'viewer' }).expect(200);
    const before = await app.log(id, owner);
    const { cookies } = await register({ inviteCode: ` ${inviteCode} ` });
    expect((await me(jar(cookies))).body.activeLocationId).toBe(id);
    const { body } = await app.call('get', '/locations').set('Cookie', jar(cookies));
    expect(body.results).toMatchObject([{ id, role: 'viewer', member_count: 1, viewer_count: 1 }]);
    expect((await app.log(id, owner)).count).toBe(before.count);
  });

  it('answers 404 to an unknown code before it looks at the fields', async () => {
    const { response } = await register({ inviteCode: 'nothing', email: 'wrong' });
    expect([response.status, response.body.error]).toEqual([404, 'NOT_FOUND']);
  });

  it('gives one of many who register an address at once the account', async () => {
    const body = { email: 'race@example.com', password: strongPassword, displayName: 'Racer' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => app.call('post', '/auth/register').send(body)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });
});

describe('login (7.4)', () => {
  it('signs an unverified account in, and one that was made elsewhere', async () => {
    const { email } = await register();
    const { status, body } = await login(` ${email.toUpperCase()} `);
    expect(status).toBe(200);
    expect(body).toEqual({
      user: { id: expect.any(String), displayName: 'Ada', email, avatarUrl: null, isAdmin: false },
      activeLocationId: null,
    });
    const elsewhere = await app.makeAccount({ administrator: true });
    const answer = await login(elsewhere.email, 'correct horse battery');
    expect(answer.body.user.isAdmin).toBe(true);
  });

  it('goes to the location that was changed last when none was chosen', async () => {
    const owner = await app.person();
    const first = await app.location(owner, 'First');
    await app.location(owner, 'Second');
    await app.call('put', `/locations/${first.id}`, owner.key).send({ name: 'Changed' }).expect(200);
    const { body } = await login(owner.account.email, 'correct horse battery').expect(200);
    expect(body.activeLocationId).toBe(first.id);
  });

  it.each([
    {},
    { email: 'a@example.com' },
    { password: 'x' },
    { email: 7, password: 'x' },
    { email: '', password: '' },
  ])('answers 422 to %j', async (body) => {
    const response = await app.call('post', '/auth/login').send(body);
    expect([response.status, response.body.error]).toEqual([422, 'VALIDATION_ERROR']);
  });

  it('answers the same to an unknown address, a wrong password, a suspended account and one without password', async () => {
    const known = await app.makeAccount();
    const suspended = await app.makeAccount({ active: false });
    const social = await app.makeAccount();
    await app.db.account.update({ where: { id: social.id }, data: { passwordHash: null } });
    const answers = await Promise.all([
      login('nobody@example.com'),
      login(known.email, 'Wrong1password'),
      login(suspended.email, 'correct horse battery'),
      login(social.email, 'correct horse battery'),
    ]);
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      expect(body).toEqual({ error: 'UNAUTHORIZED', message: 'Invalid email or password' });
      expect(headers['set-cookie']).toBeUndefined();
    }
  });
});

describe('credentials (4.1)', () => {
  it('takes a key, an access token as bearer, and a cookie', async () => {
    const { cookies } = await register();
    const { key } = await app.person();
    await app.call('get', '/auth/me', key).expect(200);
    await app.call('get', '/auth/me', cookies['openbin-access']?.value).expect(200);
    await me(jar(cookies, 'openbin-access')).expect(200);
  });

  it('refuses a key in the place of the session’s cookie (4.2)', async () => {
    const { key } = await app.person();
    const asCookie = `openbin-access=${key}; openbin-csrf=x`;
    expect((await me(asCookie).expect(401)).body.error).toBe('UNAUTHORIZED');
    await app
      .call('post', '/locations')
      .set({ Cookie: asCookie, 'X-CSRF-Token': 'x' })
      .send({ name: 'x' })
      .expect(401);
  });

  it('refuses a wrong bearer beside a good cookie, and ignores other schemes', async () => {
    const { cookies } = await register();
    const cookie = jar(cookies);
    await me(cookie).set('Authorization', 'Bearer nonsense').expect(401);
    await me(cookie).set('Authorization', 'Basic bm86bm8=').expect(200);
    await me(cookie).set('Authorization', 'bearer nonsense').expect(200);
  });

  it('refuses a token that says itself how it is signed, or by whom', async () => {
    const { cookies } = await register();
    const [, claims = '', signature = ''] = (cookies['openbin-access']?.value ?? '').split('.');
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), tv: 1 };
    for (const token of [
      `${encoded({ alg: 'none', typ: 'JWT' })}.${claims}.`,
      `${encoded({ alg: 'HS512', typ: 'JWT' })}.${claims}.${signature}`,
      `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(forged)}.${signature}`,
      cookies['openbin-refresh']?.value ?? '',
    ]) {
      for (const answer of [
        await app.call('get', '/auth/me', token),
        await me(`openbin-access=${token}; openbin-csrf=x`),
      ])
        expect([answer.status, answer.body.error]).toEqual([401, 'UNAUTHORIZED']);
    }
  });

  it('lets a suspended account in again once it is none', async () => {
    const { email, cookies } = await register();
    const suspend = async (active: boolean) => {
      const { id } = await app.db.account.update({ where: { email }, data: { active } });
      await app.services.credentials.forget(id);
    };
    await suspend(false);
    expect((await me(jar(cookies))).body.error).toBe('ACCOUNT_SUSPENDED');
    await suspend(true);
    await me(jar(cookies)).expect(200);
  });

  it('says ACCOUNT_SUSPENDED to the credentials of a suspended account', async () => {
    const { account, key } = await app.person();
    await app.db.account.update({ where: { id: account.id }, data: { active: false } });
    const { status, body } = await app.call('get', '/auth/me', key);
    expect([status, body.error]).toEqual([403, 'ACCOUNT_SUSPENDED']);
  });
});

describe('CSRF (4.4)', () => {
  const rename = (cookie: string) =>
    app.call('put', '/auth/profile').set('Cookie', cookie).send({ displayName: 'New' });

  it('wants header and cookie to be there and equal when cookies sign in', async () => {
    const { cookies } = await register();
    const token = cookies['openbin-csrf']?.value ?? '';
    const refused = [
      await rename(jar(cookies)),
      await rename(jar(cookies)).set('X-CSRF-Token', 'f'.repeat(64)),
      await rename(jar(cookies, 'openbin-access')).set('X-CSRF-Token', token),
      await rename(`${jar(cookies, 'openbin-access')}; openbin-csrf=`).set('X-CSRF-Token', ''),
    ];
    for (const { status, body } of refused) expect([status, body.error]).toEqual([403, 'CSRF_INVALID']);
    await rename(jar(cookies)).set('X-CSRF-Token', token).expect(200);
  });

  it('guards login, register, refresh and logout too while a stale cookie is there', async () => {
    for (const path of ['/auth/login', '/auth/register', '/auth/refresh', '/auth/logout']) {
      const { status, body } = await app.call('post', path).set('Cookie', 'openbin-refresh=stale').send({});
      expect([path, status, body.error]).toEqual([path, 403, 'CSRF_INVALID']);
    }
  });

  it('lets any bearer through, and a request without session cookies', async () => {
    const { cookies } = await register();
    await rename(jar(cookies)).set('Authorization', `Bearer ${cookies['openbin-access']?.value}`).expect(200);
    await app.call('post', '/auth/logout').expect(200);
  });

  it('gives a token with a read to a session that has lost its own', async () => {
    const { cookies } = await register();
    const response = await me(jar(cookies, 'openbin-access'));
    expect(Object.keys(cookiesOf(response))).toEqual(['openbin-csrf']);
    expect((await me(jar(cookies))).headers['set-cookie']).toBeUndefined();
  });
});

describe('refresh (4.3)', () => {
  const refresh = (cookies: ReturnType<typeof cookiesOf>) =>
    app
      .call('post', '/auth/refresh')
      .set('Cookie', jar(cookies))
      .set('X-CSRF-Token', cookies['openbin-csrf']?.value ?? '');

  it('gives three new cookies for the newest token', async () => {
    const { cookies } = await register();
    const response = await refresh(cookies);
    expect([response.status, response.body]).toEqual([200, { message: 'Token refreshed' }]);
    const next = cookiesOf(response);
    expect(next['openbin-refresh']?.value).not.toBe(cookies['openbin-refresh']?.value);
    expect(next['openbin-csrf']?.value).not.toBe(cookies['openbin-csrf']?.value);
    await me(jar(next)).expect(200);
    await refresh(next).expect(200);
  });

  it('ends the family, and only that, when a token comes back; the cookies are cleared', async () => {
    const { email, cookies } = await register();
    const other = cookiesOf(await login(email));
    const next = cookiesOf(await refresh(cookies));
    const replay = await refresh(cookies);
    expect([replay.status, replay.body.error]).toEqual([401, 'UNAUTHORIZED']);
    for (const [name, { value, attributes }] of Object.entries(cookiesOf(replay))) {
      expect([name, value]).toEqual([name, '']);
      expect(attributes).toContain('Expires=Thu, 01 Jan 1970 00:00:00 GMT');
    }
    expect(Object.keys(cookiesOf(replay)).sort()).toEqual([
      'openbin-access',
      'openbin-csrf',
      'openbin-refresh',
    ]);
    await refresh(next).expect(401);
    await refresh(other).expect(200);
  });

  it('lets one of two that come at once win, and then nobody', async () => {
    const { cookies } = await register();
    const answers = await Promise.all([refresh(cookies), refresh(cookies)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const winner = answers.find(({ status }) => status === 200);
    await refresh(cookiesOf(winner as (typeof answers)[0])).expect(401);
  });

  it('answers 401 without a cookie and to an unknown or expired one', async () => {
    await app.call('post', '/auth/refresh').expect(401);
    const { cookies } = await register();
    await refresh({ ...cookies, 'openbin-refresh': { value: 'unknown', attributes: '' } }).expect(401);
    await app.db.refreshToken.updateMany({ data: { expiresAt: new Date(0) } });
    await refresh(cookies).expect(401);
  });

  it('answers 403 FORBIDDEN when the account is suspended, 401 when it is to be deleted', async () => {
    const { email, cookies } = await register();
    await app.db.account.update({ where: { email }, data: { active: false } });
    const suspended = await refresh(cookies);
    expect([suspended.status, suspended.body.error]).toEqual([403, 'FORBIDDEN']);
    await app.db.account.update({
      where: { email },
      data: { active: true, deletionRequestedAt: new Date() },
    });
    const deleted = await refresh(cookies);
    expect([deleted.status, deleted.body.error]).toEqual([401, 'UNAUTHORIZED']);
  });
});

describe('old refresh tokens (4.3)', () => {
  it('are purged 30 days after their end, not before', async () => {
    const account = await app.makeAccount();
    const day = 24 * 3600_000;
    const make = (days: number) => {
      const expiresAt = new Date(Date.now() - days * day);
      return app.db.session.create({
        data: {
          id: newId(),
          accountId: account.id,
          kind: 'REFRESHABLE',
          tokenVersion: account.tokenVersion,
          expiresAt,
          refreshTokens: { create: { id: newId(), hash: `hash-${days}`, expiresAt } },
        },
      });
    };
    await make(31);
    const kept = [await make(29), await make(-7)];
    await purgeOldSessions(app.services);
    const left = await app.db.session.findMany({
      where: { accountId: account.id },
      include: { refreshTokens: true },
      orderBy: { expiresAt: 'asc' },
    });
    expect(left.map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
    expect(left.flatMap(({ refreshTokens }) => refreshTokens.map(({ hash }) => hash))).toEqual([
      'hash-29',
      'hash--7',
    ]);
  });
});

describe('logout (7.5)', () => {
  const withCookies = (path: string, cookies: ReturnType<typeof cookiesOf>, ...names: string[]) =>
    app
      .call('post', path)
      .set('Cookie', jar(cookies, 'openbin-csrf', ...names))
      .set('X-CSRF-Token', cookies['openbin-csrf']?.value ?? '');

  it('ends the session of the access cookie, although the refresh cookie never comes here', async () => {
    const { cookies } = await register();
    const response = await withCookies('/auth/logout', cookies, 'openbin-access');
    expect([response.status, response.body]).toEqual([200, { message: 'Logged out' }]);
    expect(Object.values(cookiesOf(response)).map(({ value }) => value)).toEqual(['', '', '']);
    await me(jar(cookies)).expect(401);
    await withCookies('/auth/refresh', cookies, 'openbin-refresh').expect(401);
  });

  it('ends it by the refresh cookie as well, and says the same to a stranger', async () => {
    const { cookies } = await register();
    await withCookies('/auth/logout', cookies, 'openbin-refresh').expect(200);
    await me(jar(cookies)).expect(401);
    await app.call('post', '/auth/logout').expect(200);
    await app.call('post', '/auth/logout', 'nonsense').expect(200);
  });

  it('ends it by an access token past its time, which is what a browser comes back with', async () => {
    const { email, cookies } = await register();
    const account = await app.db.account.findUniqueOrThrow({ where: { email } });
    const session = await app.db.session.findFirstOrThrow({ where: { accountId: account.id } });
    const past = await identityServices(app).sessionTokens.issue(
      session,
      account,
      new Date(Date.now() - 60_000),
    );
    const stale = { ...cookies, 'openbin-access': { value: past, attributes: '' } };
    await withCookies('/auth/logout', stale, 'openbin-access').expect(200);
    await withCookies('/auth/refresh', cookies, 'openbin-refresh').expect(401);
  });

  it('ends that session alone', async () => {
    const { email, cookies } = await register();
    const other = cookiesOf(await login(email));
    await withCookies('/auth/logout', cookies, 'openbin-access').expect(200);
    await me(jar(other)).expect(200);
    await withCookies('/auth/refresh', other, 'openbin-refresh').expect(200);
  });

  it('logout-all lets no session be renewed; access tokens live out their time', async () => {
    const { email, cookies } = await register();
    const other = cookiesOf(await login(email));
    await withCookies('/auth/logout-all', cookies, 'openbin-access').expect(200);
    await withCookies('/auth/refresh', cookies, 'openbin-refresh').expect(401);
    await withCookies('/auth/refresh', other, 'openbin-refresh').expect(401);
    await me(jar(other)).expect(200);
    await withCookies('/auth/refresh', cookiesOf(await login(email)), 'openbin-refresh').expect(200);
  });

  it('logout-all says so, and does the same for a key, which lives on', async () => {
    const who = await app.person();
    const cookies = cookiesOf(await login(who.account.email, 'correct horse battery'));
    const { status, body } = await app.call('post', '/auth/logout-all', who.key);
    expect([status, body]).toEqual([200, { message: 'Logged out on all devices' }]);
    await withCookies('/auth/refresh', cookies, 'openbin-refresh').expect(401);
    await app.call('get', '/auth/me', who.key).expect(200);
  });

  it('logout-all needs a credential', async () => {
    await app.call('post', '/auth/logout-all').expect(401);
  });
});
