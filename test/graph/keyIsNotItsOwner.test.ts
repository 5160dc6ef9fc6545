import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { password, useApp } from '../support/app.ts';

// SECURITY.md: a key is not its owner. What would take the account away from its owner needs a session.
const app = useApp();

async function codeOf(credential: string, field: string): Promise<unknown> {
  const { errors } = await app.graphql(`mutation { ${field} }`, {}, credential);
  return errors?.[0]?.extensions.code;
}

/** What the owner could lose. */
const stateOf = ({ id }: Account) =>
  app.db.account.findUniqueOrThrow({
    where: { id },
    select: { email: true, passwordHash: true, deletionRequestedAt: true, identities: true },
  });

async function withGoogle(account: Account): Promise<void> {
  await app.db.linkedIdentity.create({
    data: {
      id: account.id,
      accountId: account.id,
      provider: 'GOOGLE',
      subject: account.id,
      email: account.email,
    },
  });
}

const takeovers: [string, string][] = [
  ['the address', 'updateProfile(input: { email: "thief@example.com" }) { account { id } }'],
  [
    'the password, with the current one',
    `updateViewer(input: { currentPassword: "${password}", newPassword: "known to a thief" }) { account { id } }`,
  ],
  ['a sign-in method', 'unlinkIdentity(input: { provider: GOOGLE }) { account { id } }'],
  ['the account itself', `requestDeletion(input: { password: "${password}" }) { scheduledAt }`],
  ['the account itself, at once', `deleteViewer(input: { password: "${password}" }) { deletedAccountId }`],
];

describe('in the graph a key of any form', () => {
  it.each(takeovers)('does not change %s, and a session does', async (_what, field) => {
    const account = await app.makeAccount();
    await withGoogle(account);
    const before = await stateOf(account);
    for (const format of ['BINBOI', 'OPENBIN', 'RESTUME', 'BINGO'] as const) {
      expect(await codeOf(await app.makeKey(account, format), field)).toBe('CREDENTIAL_KIND_REFUSED');
    }
    expect(await stateOf(account)).toEqual(before);
    expect(await codeOf(await app.makeSession(account), field)).toBeUndefined();
  });

  it('sets no first password, and changes nothing else on the way', async () => {
    const { id } = await app.makeAccount({ name: 'Owner' });
    const account = await app.db.account.update({ where: { id }, data: { passwordHash: null } });
    const field =
      'updateViewer(input: { name: "Thief", newPassword: "known to a thief" }) { account { id } }';
    expect(await codeOf(await app.makeKey(account), field)).toBe('CREDENTIAL_KIND_REFUSED');
    expect(await app.db.account.findUnique({ where: { id } })).toMatchObject({
      name: 'Owner',
      passwordHash: null,
    });
    expect(await codeOf(await app.makeSession(account), field)).toBeUndefined();
  });

  it('changes names', async () => {
    const key = await app.makeKey(await app.makeAccount());
    expect(await codeOf(key, 'updateViewer(input: { name: "New" }) { account { id } }')).toBeUndefined();
    const profile = 'updateProfile(input: { displayName: "Newer" }) { account { id } }';
    expect(await codeOf(key, profile)).toBeUndefined();
  });

  it('may send the address that the account has', async () => {
    const account = await app.makeAccount();
    const same = `updateProfile(input: { displayName: "Same", email: "${account.email}" }) { account { id } }`;
    expect(await codeOf(await app.makeKey(account), same)).toBeUndefined();
  });
});

describe('at OpenBin a key gets 403 FORBIDDEN for', () => {
  it.each([
    ['another address', 'put', '/profile', { email: 'burglar@example.com' }],
    ['another password', 'put', '/password', { currentPassword: password, newPassword: 'Thief1password' }],
    ['the deletion', 'delete', '/account', { password }],
  ] as const)('%s', async (_what, method, path, body) => {
    const account = await app.makeAccount();
    const before = await stateOf(account);
    const call = (credential: string) =>
      app.request[method](`/openbin/api/auth${path}`).auth(credential, { type: 'bearer' }).send(body);
    const { status, body: answer } = await call(await app.makeKey(account, 'OPENBIN'));
    expect([status, answer.error]).toEqual([403, 'FORBIDDEN']);
    expect(await stateOf(account)).toEqual(before);
    await call(await app.makeSession(account)).expect(200);
  });
});

describe('at Binboi a token', () => {
  const put = (credential: string, body: object) =>
    app.request.put('/binboi/api/v1/auth/me').auth(credential, { type: 'bearer' }).send(body);

  it('changes the password with the current one, as the contract says, and the owner is mailed', async () => {
    const account = await app.makeAccount();
    const token = await app.makeKey(account);
    await put(token, { current_password: password, new_password: 'a new passphrase' }).expect(200);
    expect((await app.mailTo(account.email)).subject).toBe('Your password was changed');
  });

  it('never sets a first password', async () => {
    const { id } = await app.makeAccount();
    const account = await app.db.account.update({ where: { id }, data: { passwordHash: null } });
    const body = { name: 'Thief', new_password: 'known to a thief', current_password: 'anything' };
    const { status, body: answer } = await put(await app.makeKey(account), body);
    expect([status, answer.code]).toEqual([403, 'FORBIDDEN']);
    expect(await app.db.account.findUnique({ where: { id } })).toMatchObject({
      name: account.name,
      passwordHash: null,
    });
    await put(await app.makeSession(account), body).expect(200);
  });
});

describe('at RESTume a key', () => {
  const unlink = (credential: string) =>
    app.request.post('/restume/v1/me/google/unlink').auth(credential, { type: 'bearer' });

  it('unlinks Google where a password is left, and the owner is mailed', async () => {
    const account = await app.makeAccount();
    await withGoogle(account);
    await unlink(await app.makeKey(account, 'RESTUME')).expect(200);
    expect((await app.mailTo(account.email)).subject).toBe('A sign-in method was removed from your account');
    const events = await app.db.securityEvent.findMany({ where: { accountId: account.id } });
    expect(events).toMatchObject([{ name: 'identity_unlinked', details: { provider: 'GOOGLE' } }]);
  });

  it('does not unlink the only way in', async () => {
    const { id } = await app.makeAccount();
    const account = await app.db.account.update({ where: { id }, data: { passwordHash: null } });
    await withGoogle(account);
    await unlink(await app.makeKey(account, 'RESTUME')).expect(409);
    expect((await stateOf(account)).identities).toHaveLength(1);
  });
});
