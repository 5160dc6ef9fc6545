import { describe, expect, it } from 'vitest';
import { password } from '../support/app.ts';
import { cookiesOf, jar, type Person, useOpenbin } from './support.ts';

const app = useOpenbin();

const change = (who: Person, body: object, by = who.session) =>
  app.call('put', '/auth/profile', by).send(body);
const login = (email: string, secret = password) =>
  app.call('post', '/auth/login').send({ email, password: secret });
const tokenIn = (text: string | undefined) => /token=([\w-]+)/.exec(text ?? '')?.[1] ?? '';

describe('PUT /auth/profile (7.6)', () => {
  it('changes the name, the address, or both', async () => {
    const who = await app.person({ email: 'first@example.com', name: 'First' });
    const { body } = await change(who, { displayName: '  Second ' }).expect(200);
    expect(body).toEqual({
      id: who.account.id,
      displayName: 'Second',
      email: 'first@example.com',
      avatarUrl: null,
      createdAt: who.account.createdAt.toISOString(),
      updatedAt: expect.stringMatching(/Z$/),
    });
    const both = await change(who, { displayName: 'Third', email: ' Third@Example.COM ' }).expect(200);
    expect(both.body).toMatchObject({ displayName: 'Third', email: 'third@example.com' });
    expect((await app.call('get', '/auth/me', who.key)).body).toMatchObject({
      displayName: 'Third',
      email: 'third@example.com',
    });
    await login('third@example.com').expect(200);
    await login('first@example.com').expect(401);
  });

  it('keeps the session as it is, and issues none', async () => {
    const who = await app.person();
    const cookies = cookiesOf(await login(who.account.email).expect(200));
    const session = cookies['openbin-access']?.value;
    const response = await change(who, { email: 'moved@example.com' }, session).expect(200);
    expect(response.headers['set-cookie']).toBeUndefined();
    expect((await app.call('get', '/auth/me', session)).body.email).toBe('moved@example.com');
  });

  it.each([
    [{}, ''],
    [{ displayName: null, email: null }, ''],
    [{ email: '' }, 'email'],
    [{ email: '  ' }, 'email'],
    [{ email: 'a+b@example.com' }, 'email'],
    [{ email: 'no-dot@example' }, 'email'],
    [{ email: 7 }, 'email'],
    [{ displayName: '' }, 'displayName'],
    [{ displayName: '\u200b' }, 'displayName'],
    [{ displayName: 'x'.repeat(101) }, 'displayName'],
    [{ displayName: ['x'] }, 'displayName'],
    [{ displayName: 'Good', email: 'bad' }, 'email'],
  ])('refuses %j and changes nothing', async (body, field) => {
    const who = await app.person();
    const answer = await change(who, body);
    expect([answer.status, answer.body.error]).toEqual([422, 'VALIDATION_ERROR']);
    expect(answer.body.message).toContain(field);
    const row = await app.db.account.findUniqueOrThrow({ where: { id: who.account.id } });
    expect([row.name, row.email]).toEqual([who.account.name, who.account.email]);
  });

  it('answers 409 to an address that is taken, without saying so, and changes nothing', async () => {
    const [who, other] = [await app.person(), await app.person()];
    const { status, body } = await change(who, {
      displayName: 'New',
      email: other.account.email.toUpperCase(),
    });
    expect([status, body.error]).toEqual([409, 'CONFLICT']);
    expect(body.message).not.toMatch(/exist|taken|use by/i);
    expect((await app.call('get', '/auth/me', who.key)).body.displayName).toBe(who.account.name);
    await app.call('delete', '/auth/account', other.session).send({ password }).expect(200);
    await change(who, { email: other.account.email }).expect(409);
  });

  it('gives an address to one of many who want it at once', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => app.person()));
    const answers = await Promise.all(people.map((who) => change(who, { email: 'wanted@example.com' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it('a new address is not proven, and what was mailed to the old one is worth nothing', async () => {
    const who = await app.person();
    const old = who.account.email;
    await app.call('post', '/auth/forgot-password').send({ email: old }).expect(200);
    const token = tokenIn((await app.mails()).find(({ to }) => to.includes(old))?.text);
    await change(who, { email: 'next@example.com' }).expect(200);
    await app.call('post', '/auth/reset-password').send({ token, newPassword: 'Another1word' }).expect(401);
    const row = await app.db.account.findUniqueOrThrow({ where: { id: who.account.id } });
    expect(row.emailVerifiedAt).toBeNull();
    expect((await app.mailTo('next@example.com')).subject).toMatch(/Confirm/);
    await change(who, { email: 'next@example.com' }).expect(200);
  });

  it('needs a credential', async () => {
    await app.call('put', '/auth/profile').send({ displayName: 'x' }).expect(401);
  });
});

describe('PUT /auth/password (7.6)', () => {
  const set = (who: Person, body: object) => app.call('put', '/auth/password', who.session).send(body);

  it('ends every session at once, clears the cookies, and leaves keys alone', async () => {
    const who = await app.person();
    const [one, two] = [cookiesOf(await login(who.account.email)), cookiesOf(await login(who.account.email))];
    const response = await app
      .call('put', '/auth/password')
      .set('Cookie', jar(one))
      .set('X-CSRF-Token', one['openbin-csrf']?.value ?? '')
      .send({ currentPassword: password, newPassword: 'Another1word' });
    expect([response.status, response.body]).toEqual([200, { message: expect.any(String) }]);
    expect(Object.values(cookiesOf(response)).map(({ value }) => value)).toEqual(['', '', '']);
    for (const cookies of [one, two]) {
      const { status, body } = await app.call('get', '/auth/me', cookies['openbin-access']?.value);
      expect([status, body.error]).toEqual([401, 'SESSION_REVOKED']);
      await app
        .call('post', '/auth/refresh')
        .set('Cookie', jar(cookies))
        .set('X-CSRF-Token', cookies['openbin-csrf']?.value ?? '')
        .expect(401);
    }
    await app.call('get', '/auth/me', who.key).expect(200);
    await login(who.account.email).expect(401);
    await login(who.account.email, 'Another1word').expect(200);
  });

  it.each([
    [{}, 422, 'newPassword'],
    [{ currentPassword: 'Wrong1password' }, 422, 'newPassword'],
    [{ newPassword: 7 }, 422, 'newPassword'],
    [{ newPassword: 'weak', currentPassword: 'Wrong1password' }, 422, 'newPassword'],
    [{ newPassword: 'weak' }, 422, 'newPassword'],
    [{ newPassword: 'Another1word' }, 422, 'currentPassword'],
    [{ newPassword: 'Another1word', currentPassword: '' }, 422, 'currentPassword'],
    [{ newPassword: 'Another1word', currentPassword: 'Wrong1password' }, 401, ''],
  ])('looks in the order of the contract: %j', async (body, status, field) => {
    const who = await app.person();
    const answer = await set(who, body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toContain(field);
    await login(who.account.email).expect(200);
  });

  it('asks no old one of an account that has none', async () => {
    const who = await app.person();
    await app.db.account.update({ where: { id: who.account.id }, data: { passwordHash: null } });
    await set(who, { newPassword: 'Another1word' }).expect(200);
    await login(who.account.email, 'Another1word').expect(200);
  });
});

describe('forgotten passwords (7.7)', () => {
  const forget = (body: object) => app.call('post', '/auth/forgot-password').send(body);
  const reset = (body: object) => app.call('post', '/auth/reset-password').send(body);
  const mailed = async (email: string) => (await app.mails()).filter(({ to }) => to.includes(email));

  it('says the same to all, and mails a link to who is known', async () => {
    const who = await app.person();
    const answers = [
      await forget({ email: ` ${who.account.email.toUpperCase()}` }),
      await forget({ email: 'nobody.known@example.com' }),
    ];
    for (const { status, body } of answers)
      expect([status, body]).toEqual([200, { message: expect.stringMatching(/^If an account/) }]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect(await mailed('nobody.known@example.com')).toEqual([]);
    const [mail] = await mailed(who.account.email);
    expect(mail?.text).toMatch(/\/reset-password\?token=[\w-]{43}\b/);
    expect(mail?.text).toMatch(/2 hours/);
  });

  it.each([{}, { email: '' }, { email: 'no address' }, { email: 7 }])('answers 422 to %j', async (body) => {
    const { status, body: said } = await forget(body);
    expect([status, said.error]).toEqual([422, 'VALIDATION_ERROR']);
    expect(said.message).toContain('email');
  });

  it('the token works once, ends the sessions, signs nobody in, and a weak password does not use it up', async () => {
    const who = await app.person();
    const signedIn = cookiesOf(await login(who.account.email));
    await forget({ email: who.account.email }).expect(200);
    const token = tokenIn((await mailed(who.account.email))[0]?.text);
    await reset({ token, newPassword: 'weak' }).expect(422);
    await reset({ token }).expect(422);
    await reset({ newPassword: 'Another1word' }).expect(422);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => reset({ token, newPassword: 'Another1word' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    for (const { headers } of answers) expect(headers['set-cookie']).toBeUndefined();
    const { body } = await app.call('get', '/auth/me', signedIn['openbin-access']?.value);
    expect(body.error).toBe('SESSION_REVOKED');
    await login(who.account.email, 'Another1word').expect(200);
  });

  it('a newer token replaces the older; each lives two hours', async () => {
    const who = await app.person();
    await forget({ email: who.account.email }).expect(200);
    await app.mails();
    await forget({ email: who.account.email }).expect(200);
    const [first, second] = (await mailed(who.account.email)).map(({ text }) => tokenIn(text));
    await reset({ token: first, newPassword: 'Another1word' }).expect(401);
    const secret = await app.db.oneTimeSecret.findFirstOrThrow({ where: { accountId: who.account.id } });
    expect(Math.round((secret.expiresAt.getTime() - Date.now()) / 60_000)).toBe(120);
    await app.db.oneTimeSecret.update({ where: { id: secret.id }, data: { expiresAt: new Date(0) } });
    await reset({ token: second, newPassword: 'Another1word' }).expect(401);
    await login(who.account.email).expect(200);
  });
});

describe('PUT /auth/active-location (7.6)', () => {
  const choose = (who: Person, body?: object) => app.call('put', '/auth/active-location', who.key).send(body);

  it('takes a location, or none when it is null or missing', async () => {
    const who = await app.person();
    const { id } = await app.location(who);
    for (const [body, expected] of [
      [{ locationId: id }, id],
      [{}, null],
      [{ locationId: id }, id],
      [{ locationId: null }, null],
      [undefined, null],
    ] as const) {
      expect((await choose(who, body).expect(200)).body).toEqual({ activeLocationId: expected });
      expect((await app.call('get', '/auth/me', who.key)).body.activeLocationId).toBe(expected);
    }
  });

  it('refuses what is none, and what is somebody else’s', async () => {
    const [who, other] = [await app.person(), await app.person()];
    const { id } = await app.location(other);
    for (const locationId of ['', 7, [], {}]) await choose(who, { locationId }).expect(422);
    for (const locationId of [id, 'unknown']) await choose(who, { locationId }).expect(403);
  });
});

describe('GET /auth/invite-preview (7.6)', () => {
  it('is for those who are signed in', async () => {
    const who = await app.person();
    const { invite_code: code } = await app.location(who, 'Cabin');
    const preview = (query: string, bearer?: string) =>
      app.call('get', `/auth/invite-preview${query}`, bearer);
    expect((await preview(`?code=${code}`, who.key).expect(200)).body).toEqual({
      name: 'Cabin',
      memberCount: 1,
      viewerCount: 0,
    });
    await preview(`?code=${code}`).expect(401);
    await preview('', who.key).expect(422);
    await preview('?code=', who.key).expect(422);
    await preview('?code=unknown', who.key).expect(404);
  });
});
