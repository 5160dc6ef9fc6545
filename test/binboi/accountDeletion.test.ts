import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { eraseDueAccounts } from '../../src/graph/identity/deletion/due.ts';
import { password, startTestApp, useApp } from '../support/app.ts';
import { callsWith, expectError, expectNoContent, makePerson, type Person } from './support.ts';

const app = useApp();
const path = '/api/v1/auth/me';
const newPassword = 'another passphrase';

const login = async (email: string, text = password) =>
  app.request.post('/api/auth/login').send({ email, password: text });
const register = async (email: string) =>
  app.request.post('/api/auth/register').send({ email, password: newPassword });
const row = ({ account }: Person) => app.db.account.findUnique({ where: { id: account.id } });
const letPass = ({ account }: Person) =>
  app.db.account.update({
    where: { id: account.id },
    data: { deletionScheduledAt: new Date(Date.now() - 1) },
  });

/** The token of the link that restores the account. */
async function restoreToken(email: string): Promise<string> {
  const mail = (await app.mails()).findLast(
    ({ to, subject }) => to.includes(email) && /deletion/.test(subject),
  );
  return /restore-account\?token=([0-9a-f]{48})/.exec(mail?.text ?? '')?.[1] ?? '';
}
async function restore(token: string) {
  const mutation = `mutation ($token: String!) {
    restoreAccount(input: { token: $token }) { restoredAccountId email }
  }`;
  const { data, errors } = await app.graphql(mutation, { token });
  return errors?.[0]?.extensions.code ?? data.restoreAccount;
}

describe('DELETE /api/v1/auth/me (rule 6)', () => {
  it('ends sessions and keys, and releases address and user name at once', async () => {
    const person = await makePerson(app);
    const { id, email } = person.account;
    await app.db.account.update({ where: { id }, data: { userName: 'Gone', userNameKey: 'gone' } });
    const session = await app.makeSession(person.account);
    expectNoContent(await person.delete(path));
    for (const credential of [person.key, session])
      expectError(await callsWith(app, credential).get(path), 401, 'INVALID_TOKEN');
    expectError(await login(email), 401, 'INVALID_CREDENTIALS');
    expect(await row(person)).toMatchObject({
      email: `deleted:${id}`,
      releasedEmail: email,
      userName: null,
      releasedUserName: 'Gone',
      deletionRequestedAt: expect.any(Date),
      deletionScheduledAt: expect.any(Date),
    });
    const { status, body } = await register(email);
    expect([status, body.user_id === id]).toEqual([201, false]);
    expect(await app.db.apiKey.count({ where: { accountId: id, revokedAt: null } })).toBe(0);
  });

  it('keeps the placeholder from signing in, being recovered and getting mails', async () => {
    const person = await makePerson(app);
    const { id } = person.account;
    expectNoContent(await person.delete(path));
    expectError(await login(`deleted:${id}`), 401, 'INVALID_CREDENTIALS');
    const recovered = await app.graphql(
      'mutation ($email: String) { recoverAccount(input: { email: $email, password: "x" }) { recoveredAccountId } }'.replace(
        '"x"',
        JSON.stringify(password),
      ),
      { email: `deleted:${id}` },
    );
    expect(recovered.errors?.[0]?.extensions.code).toBe('SIGN_IN_FAILED');
    await app.request.post('/api/auth/forgot-password').send({ email: `deleted:${id}` });
    expect((await app.mails()).filter(({ to }) => to.includes(id))).toEqual([]);
  });

  it('can be taken back by the mailed link, once, as long as the address is free', async () => {
    const person = await makePerson(app);
    const { id, email } = person.account;
    await person.post('/api/v1/tunnels', { subdomain: 'restored' });
    expectNoContent(await person.delete(path));
    const token = await restoreToken(email);
    expect(await restore(token)).toEqual({ restoredAccountId: id, email });
    expect(await restore(token)).toBe('SECRET_INVALID');
    expect((await login(email)).status).toBe(200);
    expect(await app.db.tunnel.count({ where: { accountId: id, subdomain: 'restored' } })).toBe(1);
    // What had the key before may have asked for the deletion.
    expectError(await person.get(path), 401, 'INVALID_TOKEN');
    const events = await app.db.securityEvent.findMany({ where: { accountId: id }, orderBy: { id: 'asc' } });
    expect(events.map(({ name }) => name)).toEqual([
      'deletion_requested',
      'key_revoked',
      'deletion_recovered',
      'signed_in',
    ]);
  });

  it('refuses the link while another account has the address, and takes it afterwards', async () => {
    const person = await makePerson(app);
    const { id, email } = person.account;
    expectNoContent(await person.delete(path));
    const token = await restoreToken(email);
    expect((await register(email)).status).toBe(201);
    expect(await restore(token)).toBe('EMAIL_TAKEN');
    await app.db.account.delete({ where: { email } });
    expect(await restore(token)).toEqual({ restoredAccountId: id, email });
  });

  it('gives the user name back where it is free', async () => {
    const [free, taken] = [await makePerson(app), await makePerson(app)];
    for (const [{ account }, name] of [[free, 'free-name'] as const, [taken, 'taken-name'] as const])
      await app.db.account.update({ where: { id: account.id }, data: { userName: name, userNameKey: name } });
    for (const person of [free, taken]) expectNoContent(await person.delete(path));
    const other = await app.makeAccount();
    await app.db.account.update({
      where: { id: other.id },
      data: { userName: 'Taken-Name', userNameKey: 'taken-name' },
    });
    for (const { account } of [free, taken]) await restore(await restoreToken(account.email));
    expect([await row(free), await row(taken)]).toMatchObject([
      { userName: 'free-name', userNameKey: 'free-name', releasedUserName: null },
      { userName: null, userNameKey: null, releasedUserName: null },
    ]);
  });

  it('is erased once the grace period is over; the link is too late then', async () => {
    const person = await makePerson(app);
    expectNoContent(await person.delete(path));
    const token = await restoreToken(person.account.email);
    await letPass(person);
    expect(await restore(token)).toBe('ACCOUNT_DELETION_DUE');
    await eraseDueAccounts(app.services);
    expect(await row(person)).toBeNull();
    expect(await restore(token)).toBe('SECRET_INVALID');
  });

  it('can be taken back by an administrator, in the graph', async () => {
    const administrator = await app.makeKey(await app.makeAccount({ administrator: true }));
    const person = await makePerson(app);
    const { id, email } = person.account;
    const mutation = 'mutation ($id: ID!) { restoreAnyAccount(input: { id: $id }) { email } }';
    const asAdministrator = () => app.graphql(mutation, { id }, administrator);
    expect((await asAdministrator()).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expectNoContent(await person.delete(path));
    const stranger = await app.makeKey(await app.makeAccount());
    expect((await app.graphql(mutation, { id }, stranger)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const found = `query ($search: String) { accounts(search: $search) { nodes { id releasedEmail } } }`;
    expect((await app.graphql(found, { search: email }, administrator)).data.accounts.nodes).toEqual([
      { id, releasedEmail: email },
    ]);
    expect((await app.graphql(found, { search: 'deleted:' }, administrator)).data.accounts.nodes).toEqual([]);
    expect((await asAdministrator()).data.restoreAnyAccount).toEqual({ email });
    expect((await login(email)).status).toBe(200);
  });

  it('lets the address register in the same moment: every request gets a documented answer', async () => {
    for (let round = 0; round < 5; round++) {
      const person = await makePerson(app);
      const { email } = person.account;
      const [removed, registered] = await Promise.all([person.delete(path), register(email)]);
      expectNoContent(removed);
      expect([201, 409]).toContain(registered.status);
      expect(await app.db.account.count({ where: { email } })).toBe(registered.status === 201 ? 1 : 0);
    }
  });

  it('is restored or the address registers, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const person = await makePerson(app);
      const { id, email } = person.account;
      expectNoContent(await person.delete(path));
      const token = await restoreToken(email);
      const [restored, registered] = await Promise.all([restore(token), register(email)]);
      const isRestored = registered.status === 409;
      expect(restored).toEqual(isRestored ? { restoredAccountId: id, email } : 'EMAIL_TAKEN');
      const { id: holder } = await app.db.account.findUniqueOrThrow({ where: { email } });
      expect(holder === id).toBe(isRestored);
    }
  });

  it('hands over a location that others belong to, at once, and the account is no member for them', async () => {
    const [person, first] = [await makePerson(app), await makePerson(app)];
    const { id: locationId } = await app.db.location.create({
      data: {
        id: newId(),
        name: 'Shared',
        inviteCode: newId(),
        memberships: {
          create: [
            { id: newId(), accountId: person.account.id, role: 'ADMIN' },
            { id: newId(), accountId: first.account.id, role: 'MEMBER' },
          ],
        },
      },
    });
    expectNoContent(await person.delete(path));
    const query = `query ($id: ID!) {
      location(id: $id) { role members { totalCount nodes { accountId email role } } }
    }`;
    const { data } = await app.graphql(query, { id: locationId }, first.key);
    expect(data.location).toEqual({
      role: 'ADMIN',
      members: {
        totalCount: 1,
        nodes: [{ accountId: first.account.id, email: first.account.email, role: 'ADMIN' }],
      },
    });
    const events = await app.db.securityEvent.findMany({ where: { accountId: first.account.id } });
    expect(events).toMatchObject([
      {
        name: 'member_role_changed',
        targetType: 'location',
        targetId: locationId,
        details: { role: 'ADMIN' },
      },
    ]);
  });

  it('happens at once everywhere without a grace period', async () => {
    const strict = await startTestApp({ DELETION_GRACE_PERIOD_DAYS: '0' });
    const person = await makePerson(strict);
    const { id, email } = person.account;
    await person.post('/api/v1/tunnels', { subdomain: 'erased' });
    expectNoContent(await person.delete(path));
    expect(await strict.db.account.count({ where: { id } })).toBe(0);
    expect(await strict.db.tunnel.count()).toBe(0);
    const mails = (await strict.mails()).filter(({ to }) => to.includes(email));
    expect(mails.map(({ subject }) => subject)).toEqual(['Your account was deleted']);
    expect(await strict.db.securityEvent.findMany({ where: { accountId: id } })).toMatchObject([
      { name: 'account_deleted', targetName: null, actorName: null, address: null },
    ]);
    await strict.stop();
  });
});
