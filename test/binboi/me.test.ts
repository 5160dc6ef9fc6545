import { describe, expect, it } from 'vitest';
import { eraseDueAccounts } from '../../src/graph/identity/deletion/due.ts';
import { password, useApp } from '../support/app.ts';
import { withArrivalGate } from '../support/arrivalGate.ts';
import { callsWith, expectError, expectJson, expectNoContent, makePerson } from './support.ts';

const app = useApp();

const path = '/api/v1/auth/me';
const newPassword = 'a new password';
const login = (email: string, text: string) =>
  app.request
    .post('/api/auth/login')
    .send({ email, password: text })
    .then((response) => response);

describe('GET /api/v1/auth/me (5.1)', () => {
  it('tells a key its owner, its prefix and its kind', async () => {
    const { account, key, get } = await makePerson(app, { name: 'Ada' });
    const response = await get(path);
    expect(response.status).toBe(200);
    expectJson(response);
    expect(response.body).toEqual({
      user: { id: account.id, email: account.email, name: 'Ada', plan: 'FREE' },
      token_prefix: key.slice(0, 19),
      auth_mode: 'personal-access-token',
    });
  });

  it('tells a session its owner, and no prefix', async () => {
    const account = await app.makeAccount();
    const { body } = await callsWith(app, await app.makeSession(account)).get(path);
    expect(body).toMatchObject({ user: { id: account.id }, token_prefix: '', auth_mode: 'account' });
  });

  it('costs one statement cold and none warm', async () => {
    const { get } = await makePerson(app);
    const call = async () => expect((await get(path)).status).toBe(200);
    expect(await app.statements(call)).toHaveLength(1);
    expect(await app.statements(call)).toHaveLength(0);
  });
});

describe('PUT /api/v1/auth/me (5.2)', () => {
  it('changes the name, trimmed and cut at 80, and answers as GET does', async () => {
    const { account, put, get } = await makePerson(app);
    const { status, body } = await put(path, { name: `  ${'x'.repeat(90)} ` });
    expect(status).toBe(200);
    expect(body.user).toEqual({ id: account.id, email: account.email, name: 'x'.repeat(80), plan: 'FREE' });
    expect((await get(path)).body).toEqual(body);
  });

  it.each([
    { current_password: password, new_password: newPassword },
    { currentPassword: password, newPassword },
    { current_password: password, newPassword, name: 'Both' },
  ])('changes the password: %j', async (body) => {
    const { account, put, get } = await makePerson(app);
    const session = callsWith(app, await app.makeSession(account));
    const answer = await put(path, body);
    expect(answer.status).toBe(200);
    expect(answer.body.user.name).toBe('name' in body ? 'Both' : 'Person');
    expectError(await login(account.email, password), 401, 'INVALID_CREDENTIALS');
    expect((await login(account.email, newPassword)).status).toBe(200);
    expect((await get(path)).status).toBe(200);
    expectError(await session.get(path), 401, 'INVALID_TOKEN');
  });

  it('ignores email, plan and whatever else', async () => {
    const { account, put } = await makePerson(app);
    const extras = { email: 'other@example.com', plan: 'SCALE', administrator: true, id: 'x', active: false };
    expect((await put(path, { name: 'New', ...extras })).body.user).toEqual({
      ...extrasOf(account),
      name: 'New',
    });
    const row = await app.db.account.findUniqueOrThrow({ where: { id: account.id } });
    expect(row).toMatchObject({ email: account.email, plan: 'FREE', administrator: false, active: true });
  });
  const extrasOf = ({ id, email, plan }: { id: string; email: string; plan: string }) => ({
    id,
    email,
    plan,
  });

  const refused: [number, string, unknown][] = [
    [400, 'INVALID_BODY', {}],
    [400, 'INVALID_BODY', { email: 'x@example.com' }],
    [400, 'INVALID_BODY', { name: null }],
    [400, 'INVALID_BODY', { name: null, new_password: null, current_password: password }],
    [400, 'INVALID_BODY', { current_password: password }],
    [400, 'INVALID_BODY', { name: 5 }],
    [400, 'INVALID_BODY', { name: 'ok', new_password: 12345678 }],
    [400, 'INVALID_BODY', { name: 'ok', currentPassword: [] }],
    [400, 'INVALID_BODY', { new_password: 'x'.repeat(1025), current_password: password }],
    [400, 'INVALID_NAME', { name: '' }],
    [400, 'INVALID_NAME', { name: '   ' }],
    [400, 'INVALID_NAME', { name: ' ', current_password: password, new_password: newPassword }],
    [400, 'PASSWORD_TOO_SHORT', { new_password: '1234567', current_password: password }],
    [400, 'PASSWORD_TOO_SHORT', { new_password: '', current_password: password }],
    [400, 'PASSWORD_TOO_SHORT', { new_password: 'short' }],
    [400, 'PASSWORD_TOO_SHORT', { name: 'New', new_password: 'short', current_password: password }],
    [400, 'MISSING_PASSWORD', { new_password: newPassword }],
    [400, 'MISSING_PASSWORD', { newPassword, current_password: '' }],
    [400, 'MISSING_PASSWORD', { newPassword, current_password: null, name: 'New' }],
    [403, 'INVALID_CREDENTIALS', { new_password: newPassword, current_password: 'wrong password' }],
    [403, 'INVALID_CREDENTIALS', { name: 'New', newPassword, currentPassword: `${password} ` }],
  ];
  it.each(refused)('%i %s for %j, and nothing changes', async (status, code, body) => {
    const { account, put } = await makePerson(app);
    expectError(await put(path, body), status, code);
    expect(await app.db.account.findUniqueOrThrow({ where: { id: account.id } })).toEqual(account);
  });
});

describe('PUT /api/v1/auth/me, several at once (5.2)', () => {
  it('lets one of 5 parallel password changes win, and tells the others that the password is another now', async () => {
    const { account, put } = await makePerson(app);
    const change = (number: number) =>
      put(path, { current_password: password, new_password: `${newPassword} ${number}` });
    const place = { model: 'account', operation: 'findUniqueOrThrow', count: 5 } as const;
    const answers = await withArrivalGate(app, place, () => Promise.all([0, 1, 2, 3, 4].map(change)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
    const won = answers.findIndex(({ status }) => status === 200);
    expect((await login(account.email, `${newPassword} ${won}`)).status).toBe(200);
  });
});

describe('DELETE /api/v1/auth/me (5.3)', () => {
  it('answers 204 and takes everything of the account with it once the grace period is over', async () => {
    const person = await makePerson(app);
    const { account } = person;
    const session = callsWith(app, (await login(account.email, password)).body.token);
    await person.post('/api/v1/tunnels', { subdomain: 'deleted' });
    await app.request.post('/api/auth/forgot-password').send({ email: account.email });
    await app.services.background.drain();
    await session.get(path);
    expectNoContent(await person.delete(path));
    expectError(await person.get(path), 401, 'INVALID_TOKEN');
    expectError(await session.get(path), 401, 'INVALID_TOKEN');
    expectError(await person.delete(path), 401, 'INVALID_TOKEN');
    expectError(await login(account.email, password), 401, 'INVALID_CREDENTIALS');
    const where = { accountId: account.id };
    const { db } = app;
    await db.account.update({ where: { id: account.id }, data: { deletionScheduledAt: new Date(0) } });
    await eraseDueAccounts(app.services);
    const left = [
      db.apiKey.count({ where }),
      db.session.count({ where }),
      db.tunnel.count({ where }),
      db.oneTimeSecret.count({ where }),
    ];
    expect(await Promise.all(left)).toEqual([0, 0, 0, 0]);
  });

  it('frees the address: a new account has nothing of the old one', async () => {
    const { account, key, delete: remove } = await makePerson(app);
    const session = await app.makeSession(account);
    await remove(path);
    const { email } = account;
    const { status, body } = await app.request
      .post('/api/auth/register')
      .send({ email, password: newPassword });
    expect(status).toBe(201);
    expect(body.user_id).not.toBe(account.id);
    await app.db.account.update({ where: { email }, data: { emailVerifiedAt: new Date() } });
    for (const old of [key, session]) expectError(await callsWith(app, old).get(path), 401, 'INVALID_TOKEN');
    expectError(await login(email, password), 401, 'INVALID_CREDENTIALS');
    expect((await login(email, newPassword)).status).toBe(200);
  });

  it('answers 409 to the last administrator of the server, and changes nothing', async () => {
    const last = await makePerson(app, { administrator: true });
    expectError(await last.delete(path), 409, 'LAST_ADMINISTRATOR');
    await last.get(path);
    await makePerson(app, { administrator: true });
    expectNoContent(await last.delete(path));
  });

  it('answers the losers of 5 parallel calls with 401', async () => {
    const { delete: remove } = await makePerson(app);
    const answers = await Promise.all(Array.from({ length: 5 }, () => remove(path)));
    expect(answers.some(({ status }) => status === 204)).toBe(true);
    for (const answer of answers) if (answer.status !== 204) expectError(answer, 401, 'INVALID_TOKEN');
  });
});
