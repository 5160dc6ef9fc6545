import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { issueLongSecret } from '../../src/graph/identity/secret/oneTimeSecrets.ts';
import { type SecurityEventName, securityEventNames } from '../../src/graph/identity/security/events.ts';
import { startKeyServer } from '../restume/support/keyServer.ts';
import { password, useApp } from '../support/app.ts';
import { useStarted } from '../support/started.ts';

const google = useStarted(startKeyServer);
const app = useApp(() => google.env);

/** What a mutation is called with, besides its name. */
interface Call {
  readonly input: string;
  readonly credential?: string;
  /** Of what it returns. */
  readonly select: string;
}

interface Entry {
  /** In the order in which they are recorded of the account; empty where nothing of an account's security changes. */
  readonly events: readonly SecurityEventName[];
  /** Prepares an account and tells how to call the mutation, for mutations that are called here. */
  readonly call?: (account: Account) => Promise<Call>;
}

const session = async (account: Account, input: string, select: string): Promise<Call> => ({
  input,
  select,
  credential: await app.makeSession(account),
});
const asAdministrator = async (input: string, select: string): Promise<Call> => ({
  input,
  select,
  credential: await app.makeSession(await app.makeAccount({ administrator: true })),
});
const waits = ({ id }: Account) =>
  app.db.account.update({
    where: { id },
    data: { deletionRequestedAt: new Date(), deletionScheduledAt: new Date(Date.now() + 3600_000) },
  });
const linked = ({ id, email }: Account) =>
  app.db.linkedIdentity.create({
    data: { id: newId(), accountId: id, provider: 'GOOGLE', subject: `google-${email}`, email },
  });
const signIn = async (email: string, text = password) => {
  const { data } = await app.graphql(
    `mutation { signIn(input: { email: "${email}", password: "${text}" }) { refreshToken accessToken } }`,
  );
  return data?.signIn as { refreshToken: string; accessToken: string };
};

/** Every mutation of identity. One that is missing here makes the first test fail: say which events it records. */
const table: Readonly<Record<string, Entry>> = {
  createAccount: { events: ['account_created'] },
  createApiKey: {
    events: ['key_created'],
    call: (account) => session(account, '{ format: OPENBIN }', '{ text }'),
  },
  // Admits someone to register; it is no account's.
  createInvitation: { events: [] },
  deleteViewer: {
    events: ['deletion_requested'],
    call: (account) => session(account, '{}', '{ deletedAccountId }'),
  },
  endAllSessions: {
    events: ['sessions_ended'],
    call: (account) => session(account, '{}', '{ account { id } }'),
  },
  endPresentedSession: {
    events: ['signed_in', 'session_ended'],
    call: async ({ email }) => {
      const { refreshToken } = await signIn(email);
      return { input: `{ refreshToken: "${refreshToken}" }`, select: '{ accepted }' };
    },
  },
  endRenewals: {
    events: ['sessions_ended'],
    call: (account) => session(account, '{}', '{ account { id } }'),
  },
  endSession: {
    events: ['signed_in', 'session_ended'],
    call: async (account) => {
      await signIn(account.email);
      const { id } = await app.db.session.findFirstOrThrow({ where: { accountId: account.id } });
      return session(account, `{ id: "${id}" }`, '{ endedSessionId }');
    },
  },
  disownAccount: { events: ['account_disowned'] },
  endKeys: { events: ['key_revoked'] },
  undoAddressChange: { events: ['address_change_undone'] },
  linkGoogle: {
    events: ['identity_linked'],
    call: async (account) => {
      const credential = await google.token(account.email);
      return session(
        account,
        `{ credential: "${credential}", password: "${password}" }`,
        '{ account { id } }',
      );
    },
  },
  openAccount: { events: ['account_created', 'signed_in'] },
  recoverAccount: {
    events: ['deletion_recovered'],
    call: async (account) => {
      await waits(account);
      const input = `{ email: "${account.email}", password: "${password}" }`;
      return { input, select: '{ recoveredAccountId }' };
    },
  },
  // Of a token that comes back: one that is exchanged is no new sign-in.
  refreshSession: {
    events: ['signed_in', 'signed_in', 'session_ended'],
    call: async ({ email }) => {
      const { refreshToken } = await signIn(email);
      const input = `{ refreshToken: "${refreshToken}" }`;
      await app.graphql(`mutation { refreshSession(input: ${input}) { accessToken } }`);
      return { input, select: '{ accessToken }' };
    },
  },
  register: { events: ['account_created'] },
  // A name is for its owner to read; the key stays what it is.
  renameApiKey: { events: [] },
  requestDeletion: {
    events: ['deletion_requested'],
    call: (account) => session(account, `{ password: "${password}" }`, '{ scheduledAt }'),
  },
  requestPasswordReset: {
    events: ['password_reset_requested'],
    call: async ({ email }) => ({ input: `{ email: "${email}" }`, select: '{ accepted }' }),
  },
  // Changes nothing: the address is proven with what is mailed.
  resendVerification: { events: [] },
  resetPassword: {
    events: ['password_reset'],
    call: async ({ id }) => {
      const token = await issueLongSecret(app.db, id, 'PASSWORD_RESET');
      return { input: `{ token: "${token}", newPassword: "a new passphrase" }`, select: '{ accountId }' };
    },
  },
  restoreAccount: {
    events: ['deletion_recovered'],
    call: async (account) => {
      await waits(account);
      const token = await issueLongSecret(app.db, account.id, 'RESTORE_ACCOUNT');
      return { input: `{ token: "${token}" }`, select: '{ email }' };
    },
  },
  restoreAnyAccount: {
    events: ['deletion_recovered'],
    call: async (account) => {
      await waits(account);
      return asAdministrator(`{ id: "${account.id}" }`, '{ email }');
    },
  },
  revokeAnyApiKey: { events: ['key_revoked'] },
  revokeApiKey: { events: ['key_revoked'] },
  signIn: {
    events: ['signed_in'],
    call: async ({ email }) => ({
      input: `{ email: "${email}", password: "${password}" }`,
      select: '{ accessToken }',
    }),
  },
  signInWithGoogle: {
    events: ['identity_linked', 'signed_in'],
    call: async ({ email }) => ({
      input: `{ idToken: "${await google.token(email)}" }`,
      select: '{ accessToken }',
    }),
  },
  signOut: {
    events: ['session_ended'],
    call: (account) => session(account, '{}', '{ endedSessionId }'),
  },
  undoIdentityLink: {
    events: ['identity_unlinked', 'sessions_ended'],
    call: async (account) => {
      await linked(account);
      const token = await issueLongSecret(app.db, account.id, 'UNLINK_IDENTITY');
      return { input: `{ token: "${token}" }`, select: '{ accountId }' };
    },
  },
  unlinkIdentity: {
    events: ['identity_unlinked'],
    call: async (account) => {
      await linked(account);
      return session(account, '{ provider: GOOGLE }', '{ account { id } }');
    },
  },
  updateAccount: {
    events: ['plan_changed', 'administrator_granted', 'account_suspended'],
    call: ({ email }) =>
      asAdministrator(
        `{ email: "${email}", plan: PRO, administrator: true, active: false }`,
        '{ account { id } }',
      ),
  },
  updateProfile: { events: ['address_changed'] },
  updateViewer: {
    events: ['password_changed', 'user_name_changed'],
    call: (account) =>
      session(
        account,
        `{ userName: "n${account.id.slice(-8)}", currentPassword: "${password}", newPassword: "a new passphrase" }`,
        '{ account { id } }',
      ),
  },
  verifyEmail: { events: ['address_proven'] },
  verifyEmailCode: { events: ['address_proven'] },
};

/** Mutations that a file of identity declares. */
function declared(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return [...text.matchAll(/relayMutationField\(\s*'(\w+)'/g)].map(([, name]) => name as string);
    });
}

const eventsOf = (accountId: string) =>
  app.db.securityEvent.findMany({ where: { accountId }, orderBy: { id: 'asc' } });

it('every mutation of identity says which security events it records', () => {
  expect(Object.keys(table).sort()).toEqual(declared('src/graph/identity').sort());
  for (const { events } of Object.values(table)) {
    for (const name of events) expect(securityEventNames).toContain(name);
  }
});

describe('a mutation of identity records its security events', () => {
  const called = Object.entries(table).filter(([, { call }]) => call);

  it.each(called)('%s', async (name, { events, call }) => {
    const account = await app.makeAccount();
    const { input, credential, select } = (await call?.(account)) as Call;
    await app.graphql(`mutation { ${name}(input: ${input}) ${select} }`, {}, credential);
    await app.services.background.drain();
    const recorded = await eventsOf(account.id);
    expect(recorded.map((event) => event.name)).toEqual(events);
    // Secrets are in no event.
    expect(JSON.stringify(recorded)).not.toMatch(/correct horse|a new passphrase|eyJ/);
    for (const { address } of recorded) expect(address).toMatch(/127\.0\.0\.1$/);
  });

  it.each([
    ['register', `{ email: "reg@example.com", password: "${password}" }`, ['account_created']],
    [
      'openAccount',
      '{ email: "open@example.com", password: "Correct1horse", displayName: "Ada" }',
      ['account_created', 'signed_in'],
    ],
  ])('%s', async (name, input, events) => {
    const { data } = await app.graphql(`mutation { ${name}(input: ${input}) { account { id } } }`);
    const recorded = await eventsOf(data[name].account.id);
    expect(recorded.map((event) => event.name)).toEqual(events);
  });

  it('createAccount', async () => {
    const by = await app.makeAccount({ administrator: true });
    const input = `{ email: "made@example.com", password: "${password}", administrator: true }`;
    const { data } = await app.graphql(
      `mutation { createAccount(input: ${input}) { account { id } } }`,
      {},
      await app.makeSession(by),
    );
    expect(await eventsOf(data.createAccount.account.id)).toMatchObject([
      { name: 'account_created', actorId: by.id, actorName: by.email },
      { name: 'administrator_granted', actorId: by.id },
    ]);
  });
});
