import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Account, Prisma } from '../../src/generated/sqlite/client.ts';
import { lockAccount } from '../../src/graph/core/lockAccount.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { proveEmail } from '../../src/graph/identity/account/proveEmail.ts';
import { makeKeyText } from '../../src/graph/identity/apiKey/formats.ts';
import { issueLongSecret } from '../../src/graph/identity/secret/oneTimeSecrets.ts';
import { securityLog } from '../../src/graph/identity/security/events.ts';
import { identityServices } from '../../src/graph/identity/services.ts';
import { password, useApp } from '../support/app.ts';

// A request that was let in waits for the turn of its account; what let it in may be over by then.
const app = useApp();

const untilTheyWait = 500;
type Tx = Prisma.TransactionClient;

/** Sends requests while the account's turn is taken, and lets them go on after a change was committed. */
async function overtake<Result>(
  { id }: Account,
  send: () => PromiseLike<Result>[],
  change: (tx: Tx, account: Account) => Promise<unknown>,
): Promise<Result[]> {
  const { answers } = await app.db.$transaction(async (tx) => {
    const account = await lockAccount(tx, id);
    const answers = send().map((request) => Promise.resolve(request));
    await sleep(untilTheyWait);
    await change(tx, account);
    return { answers };
  });
  return Promise.all(answers);
}

const requests: Readonly<Record<string, string>> = {
  createApiKey: 'mutation { createApiKey(input: { format: OPENBIN }) { text } }',
  updateProfile: 'mutation { updateProfile(input: { email: "thief@example.com" }) { account { email } } }',
  updateViewer: 'mutation { updateViewer(input: { name: "Thief" }) { account { name } } }',
  'updateViewer with a password': `mutation {
    updateViewer(input: { currentPassword: "${password}", newPassword: "another one of these" }) { account { name } }
  }`,
  createTunnel: 'mutation { createTunnel(input: { subdomain: "thief" }) { tunnel { id } } }',
  createSavedView: 'mutation { createSavedView(input: { name: "Thief" }) { savedView { id } } }',
  reorderPins: 'mutation { reorderPins(input: { binIds: ["none"] }) { reorderedCount } }',
  unlinkIdentity: 'mutation { unlinkIdentity(input: { provider: GOOGLE }) { account { id } } }',
  requestDeletion: `mutation { requestDeletion(input: { password: "${password}" }) { scheduledAt } }`,
};

/** What keys are refused before anything waits. */
const bySessionOnly = ['updateViewer with a password', 'unlinkIdentity', 'requestDeletion'];
/** What an account without a proven address is refused before anything waits. */
const provenOnly = ['createTunnel'];

/** What there is of an account, without the count of its turns. */
const stateOf = async ({ id }: Account) => {
  const row = await app.db.account.findUnique({
    where: { id },
    omit: { lockSequence: true, updatedAt: true },
    include: { apiKeys: true, tunnels: true, savedViews: true, secrets: true },
  });
  return JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
};

async function someone({ verified = true } = {}) {
  const account = await app.makeAccount({ verified });
  return { account, session: await app.makeSession(account), key: await app.makeKey(account, 'OPENBIN') };
}
type Someone = Awaited<ReturnType<typeof someone>>;

/** The errors that all requests of somebody get, by credential, when a change overtakes them. */
async function codes(who: Someone, change: (tx: Tx, account: Account) => Promise<unknown>) {
  const credentials = [who.session, who.key];
  // Known already, so that every one of them is let in.
  for (const credential of credentials) await app.graphql('{ viewer { id } }', {}, credential);
  const sent = Object.entries(requests)
    .filter(([name]) => who.account.emailVerifiedAt || !provenOnly.includes(name))
    .flatMap(([name, query]) =>
      (bySessionOnly.includes(name) ? [who.session] : credentials).map((by) => ({ query, by })),
    );
  const answers = await overtake(
    who.account,
    () => sent.map(({ query, by }) => app.graphql(query, {}, by)),
    change,
  );
  const shown = answers.map(({ errors, data }) => errors?.[0]?.extensions.code ?? data);
  const of = (credential: string) => [...new Set(shown.filter((_code, at) => sent[at]?.by === credential))];
  return { bySession: of(who.session), byKey: of(who.key), after: await stateOf(who.account) };
}

describe('a request that waits while its credential is taken back changes nothing and hears why', () => {
  it('at the first proof of the address', async () => {
    const request = { id: 'test', address: '127.0.0.1', userAgent: undefined, origin: () => app.url };
    const stranger = { db: app.db, services: app.services, request, caller: null };
    const who = await someone();
    const { bySession, byKey, after } = await codes(who, (tx, account) =>
      proveEmail(tx, stranger, securityLog(stranger), { account, by: 'LINK' }),
    );
    expect([bySession, byKey]).toEqual([['SESSION_REVOKED'], ['CREDENTIAL_INVALID']]);
    expect(after).not.toContain('thief');
    expect(after).not.toContain('Thief');
    const live = await app.db.apiKey.count({ where: { accountId: who.account.id, revokedAt: null } });
    const row = await app.db.account.findUniqueOrThrow({ where: { id: who.account.id } });
    expect([live, row.passwordHash, row.deletionRequestedAt]).toEqual([0, who.account.passwordHash, null]);
  });

  it.each([
    ['that session and that key', 'CREDENTIAL_INVALID', 'CREDENTIAL_INVALID', { endedAt: true }],
    ['the account, by its suspension', 'ACCOUNT_SUSPENDED', 'ACCOUNT_SUSPENDED', { active: false }],
    [
      'the account, by the request for its deletion',
      'ACCOUNT_DELETED',
      'ACCOUNT_DELETED',
      { deletionRequestedAt: new Date() },
    ],
  ] as const)('by the end of %s', async (_what, forSession, forKey, data) => {
    const who = await someone();
    const { bySession, byKey } = await codes(who, async (tx, { id: accountId }) => {
      if (!('endedAt' in data)) return tx.account.update({ where: { id: accountId }, data });
      const now = new Date();
      await tx.session.updateMany({ where: { accountId }, data: { endedAt: now } });
      return tx.apiKey.updateMany({ where: { accountId }, data: { revokedAt: now } });
    });
    // The request for the deletion has an answer of its own to one that was there before.
    const others = (code: unknown) => code !== 'ACCOUNT_DELETION_PENDING';
    expect([bySession.filter(others), byKey.filter(others)]).toEqual([[forSession], [forKey]]);
    expect(await app.db.savedView.count({ where: { accountId: who.account.id } })).toBe(0);
  });

  it('by the deletion of the account', async () => {
    const who = await someone();
    const { bySession, byKey, after } = await codes(who, (tx, { id }) =>
      tx.account.delete({ where: { id } }),
    );
    expect([bySession, byKey, after]).toEqual([['ACCOUNT_DELETED'], ['CREDENTIAL_INVALID'], 'null']);
  });
});

describe('the first proof of an address', () => {
  it('waits for keys that are being made, and revokes them too', async () => {
    const { account } = await someone({ verified: false });
    const link = await issueLongSecret(app.db, account.id, 'EMAIL_LINK');
    const code = await identityServices(app).codes.issue(app.db, account.id);
    const proofs = [
      `mutation { verifyEmail(input: { token: "${link}" }) { account { id } } }`,
      `mutation { verifyEmailCode(input: { email: "${account.email}", code: "${code}" }) { account { id } } }`,
    ];
    const { prefix, hash } = makeKeyText('OPENBIN');
    const answers = await overtake(
      account,
      () => proofs.map((proof) => app.graphql(proof)),
      (tx) =>
        tx.apiKey.create({
          data: { id: newId(), accountId: account.id, format: 'OPENBIN', name: 'late', prefix, hash },
        }),
    );
    expect(answers.map(({ errors }) => errors)).toEqual([undefined, undefined]);
    expect(await app.db.apiKey.count({ where: { accountId: account.id, revokedAt: null } })).toBe(0);
  });
});
