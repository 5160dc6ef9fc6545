import { describe, expect, it } from 'vitest';
import { startTestApp, useApp } from '../support/app.ts';
import { person, restumeOf } from './support/restume.ts';

const app = useApp();
const restume = restumeOf(app);

describe('POST /v1/auth/register', () => {
  it('makes an unverified account and mails six digits, signing nobody in', async () => {
    const who = person();
    const { status, body } = await restume.post('/auth/register', who);
    expect(status).toBe(201);
    const { id, ...shown } = body;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(shown).toEqual({ username: who.username, email: who.email, full_name: 'Ada Lovelace' });
    expect(await restume.codeFor(who.email)).toMatch(/^\d{6}$/);
    const row = await app.db.account.findUniqueOrThrow({ where: { email: who.email } });
    expect(row.emailVerifiedAt).toBeNull();
    expect(await app.db.session.count({ where: { accountId: id } })).toBe(0);
    expect(await app.db.apiKey.count({ where: { accountId: id } })).toBe(0);
  });

  it('keeps the case of the user name and lower-cases the address', async () => {
    const { body } = await restume.post(
      '/auth/register',
      person({ username: 'Grace.H', email: ' Grace@Example.com ' }),
    );
    expect(body).toMatchObject({ username: 'Grace.H', email: 'grace@example.com' });
  });

  it('calls somebody without a full name by the user name', async () => {
    const { full_name: _none, ...who } = person();
    expect((await restume.post('/auth/register', who).expect(201)).body.full_name).toBe(who.username);
  });

  it.each([
    ['in another case', 'TAKEN_Name'],
    ['as it is', 'taken_name'],
  ])('answers 409 for a user name that is taken, %s', async (_how, username) => {
    await restume.post('/auth/register', person({ username: 'taken_name' }));
    const { status, body } = await restume.post('/auth/register', person({ username }));
    expect(status).toBe(409);
    expect(body).toEqual({ detail: 'This user name is taken.' });
  });

  it('answers 409 for an address that is taken, and mails nobody', async () => {
    const who = person();
    await restume.post('/auth/register', who);
    const before = (await app.mails()).length;
    const { status, body } = await restume.post('/auth/register', person({ email: who.email.toUpperCase() }));
    expect(status).toBe(409);
    expect(body).toEqual({ detail: 'An account with this e-mail address exists already.' });
    expect(await app.mails()).toHaveLength(before);
  });

  it('gives a name and an address to one of many who ask at once', async () => {
    const names = await Promise.all(
      Array.from({ length: 8 }, () => restume.post('/auth/register', person({ username: 'race.name' }))),
    );
    expect(names.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    const addresses = await Promise.all(
      Array.from({ length: 8 }, () => restume.post('/auth/register', person({ email: 'race@example.com' }))),
    );
    expect(addresses.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
  });

  it.each([
    ['username', undefined, 'missing'],
    ['username', null, 'type_error'],
    ['username', '', 'missing'],
    ['username', 'ab', 'string_too_short'],
    ['username', 'a'.repeat(33), 'string_too_long'],
    ['username', 'with space', 'value_error'],
    ['username', 'a@b.example', 'value_error'],
    ['username', 'ärger', 'value_error'],
    ['email', undefined, 'missing'],
    ['email', 'nobody', 'value_error'],
    ['password', undefined, 'missing'],
    ['password', '1234567', 'string_too_short'],
    ['password', 'p'.repeat(129), 'string_too_long'],
    ['password', 12345678, 'type_error'],
    ['full_name', 7, 'type_error'],
  ])('answers 422 for %s = %j and makes nothing', async (field, value, type) => {
    const before = await app.db.account.count();
    const { status, body } = await restume.post('/auth/register', person({ [field]: value }));
    expect(status).toBe(422);
    expect(body.detail).toEqual([{ loc: ['body', field], msg: expect.any(String), type }]);
    expect(await app.db.account.count()).toBe(before);
  });

  it('lists all that is wrong at once', async () => {
    const bad = { username: 'x', email: 'nobody', password: 'short' };
    const { body } = await restume.post('/auth/register', person(bad)).expect(422);
    expect(body.detail.map(({ loc }: { loc: string[] }) => loc[1])).toEqual([
      'username',
      'email',
      'password',
    ]);
  });

  it('takes the shortest and the longest password and user name', async () => {
    await restume.post('/auth/register', person({ username: 'abc', password: 'x'.repeat(8) })).expect(201);
    await restume
      .post('/auth/register', person({ username: `${'a'.repeat(31)}-`, password: 'x'.repeat(128) }))
      .expect(201);
  });
});

describe('POST /v1/auth/register while registration is not open', () => {
  it('answers 403 when it is closed', async () => {
    const closed = await startTestApp({ REGISTRATION_MODE: 'closed' });
    const { status, body } = await restumeOf(closed).post('/auth/register', person());
    expect([status, body]).toEqual([403, { detail: 'This server does not accept registrations.' }]);
    await closed.stop();
  });

  it('answers 403 without an invitation and 201 with one', async () => {
    const invited = await startTestApp({ REGISTRATION_MODE: 'invite' });
    const admin = await invited.makeSession(await invited.makeAccount({ administrator: true }));
    const { data } = await invited.graphql('mutation { createInvitation(input: {}) { code } }', {}, admin);
    const calls = restumeOf(invited);
    await calls.post('/auth/register', person()).expect(403);
    await calls.post('/auth/register', person({ invitation_code: data.createInvitation.code })).expect(201);
    await calls.post('/auth/register', person({ invitation_code: data.createInvitation.code })).expect(403);
    await invited.stop();
  });
});
