import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Account, ApiKeyFormat } from '../../src/generated/sqlite/client.ts';
import { lockAccount } from '../../src/graph/core/lockAccount.ts';
import { issueLongSecret } from '../../src/graph/identity/secret/oneTimeSecrets.ts';
import { sendDueNotices } from '../../src/graph/identity/security/notices.ts';
import { useApp } from '../support/app.ts';

// SECURITY.md: a key that leaks does not outlive its revocation through the keys that it has created.
const app = useApp();

const create =
  'mutation ($format: ApiKeyFormat!) { createApiKey(input: { format: $format }) { text apiKey { id createdByKeyId } } }';
const revoke = 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { status } } }';

interface Key {
  readonly id: string;
  readonly text: string;
}

async function keyBy(credential: string, format: ApiKeyFormat = 'OPENBIN'): Promise<Key> {
  const { data, errors } = await app.graphql(create, { format }, credential);
  expect(errors).toBeUndefined();
  return { id: data.createApiKey.apiKey.id, text: data.createApiKey.text };
}
const codeBy = async (credential: string, format: ApiKeyFormat) =>
  (await app.graphql(create, { format }, credential)).errors?.[0]?.extensions.code;

/** An owner whose session made a key, which made one, which made one. */
async function family() {
  const account = await app.makeAccount();
  const session = await app.makeSession(account);
  const first = await keyBy(session);
  const second = await keyBy(first.text);
  const third = await keyBy(second.text);
  const other = await keyBy(session);
  return { account, session, first, second, third, other };
}

const works = async ({ text }: Key) => !(await app.graphql('{ viewer { id } }', {}, text)).errors;
const revocations = ({ id: accountId }: Account) =>
  app.db.securityEvent.findMany({
    where: { accountId, name: 'key_revoked' },
    orderBy: { id: 'asc' },
    select: { targetId: true, details: true },
  });
const event = ({ id }: Key, reason: string) => ({ targetId: id, details: { format: 'OPENBIN', reason } });
const mailsTo = async ({ email }: Account) =>
  (await app.mails()).filter(({ to, subject }) => to.includes(email) && subject.startsWith('Keys that'));
const tokenIn = (text: string | undefined) => /end-keys\?token=([0-9a-f]{48})/.exec(text ?? '')?.[1];
const end = async (token: string | undefined) => {
  const { data, errors } = await app.graphql(
    'mutation ($token: String!) { endKeys(input: { token: $token }) { revokedCount } }',
    { token },
  );
  return errors?.[0]?.extensions.code ?? data.endKeys.revokedCount;
};

describe('a key creates keys', () => {
  it('only of its own form, and only where a contract says so', async () => {
    const account = await app.makeAccount();
    const formats = ['BINBOI', 'OPENBIN', 'RESTUME', 'BINGO'] as const;
    const allowed: string[] = [];
    for (const by of formats) {
      const key = await app.makeKey(account, by);
      for (const of of formats) {
        const code = await codeBy(key, of);
        if (code === undefined) allowed.push(`${by} ${of}`);
        else expect(code).toBe('CREDENTIAL_KIND_REFUSED');
      }
    }
    expect(allowed).toEqual(['BINBOI BINBOI', 'OPENBIN OPENBIN']);
  });

  it('at Binboi and OpenBin only of the API’s own form, in the form of its errors', async () => {
    const account = await app.makeAccount();
    const post = (path: string, credential: string) =>
      app.request.post(path).auth(credential, { type: 'bearer' }).send({ name: 'x' });
    const [token, key] = [await app.makeKey(account, 'BINBOI'), await app.makeKey(account, 'OPENBIN')];
    await post('/binboi/api/v1/tokens', token).expect(201);
    await post('/openbin/api/api-keys', key).expect(201);
    const atBinboi = await post('/binboi/api/v1/tokens', key);
    expect([atBinboi.status, atBinboi.body.code]).toEqual([403, 'FORBIDDEN']);
    const atOpenbin = await post('/openbin/api/api-keys', token);
    expect([atOpenbin.status, atOpenbin.body.error]).toEqual([403, 'FORBIDDEN']);
    await post('/restume/v1/auth/api-keys', await app.makeKey(account, 'RESTUME')).expect(403);
  });

  it('which record the key that created them; those of a session record none', async () => {
    const { first, second, session } = await family();
    const rows = await app.graphql('{ viewer { apiKeys { nodes { id createdByKeyId } } } }', {}, session);
    const of = (key: Key) =>
      rows.data.viewer.apiKeys.nodes.find(({ id }: Key) => id === key.id).createdByKeyId;
    expect([of(first), of(second)]).toEqual([null, first.id]);
  });
});

describe('when the owner’s session revokes a key', () => {
  it('the keys that it created go along, those of those too, each as an event; they are listed beforehand', async () => {
    const { account, session, first, second, third, other } = await family();
    const preview = '{ viewer { apiKeys { nodes { id revocationPreview { totalCount nodes { id } } } } } }';
    const { data } = await app.graphql(preview, {}, session);
    const listed = Object.fromEntries(
      data.viewer.apiKeys.nodes.map((key: { id: string; revocationPreview: { nodes: { id: string }[] } }) => [
        key.id,
        key.revocationPreview.nodes.map(({ id }) => id),
      ]),
    );
    expect(listed).toEqual({
      [first.id]: [second.id, third.id],
      [second.id]: [third.id],
      [third.id]: [],
      [other.id]: [],
    });
    expect((await app.graphql(revoke, { id: first.id }, session)).errors).toBeUndefined();
    const live = await Promise.all([first, second, third, other].map(works));
    expect(live).toEqual([false, false, false, true]);
    expect(await revocations(account)).toEqual([
      event(first, 'BY_OWNER'),
      event(second, 'WITH_ITS_CREATOR'),
      event(third, 'WITH_ITS_CREATOR'),
    ]);
    expect(await mailsTo(account)).toEqual([]);
  });

  it('a key that is just being created by it does not slip through', async () => {
    const { account, session, first } = await family();
    const { answers } = await app.db.$transaction(async (tx) => {
      await lockAccount(tx, account.id);
      const answers = [
        app.graphql(revoke, { id: first.id }, session),
        ...Array.from({ length: 5 }, () => app.graphql(create, { format: 'OPENBIN' }, first.text)),
      ];
      await sleep(300);
      return { answers };
    });
    await Promise.all(answers);
    const live = await app.db.apiKey.count({ where: { accountId: account.id, revokedAt: null } });
    expect(live).toBe(1);
  });

  it('an administrator reaches as far', async () => {
    const { account, first, second, third, other } = await family();
    const administrator = await app.makeSession(await app.makeAccount({ administrator: true }));
    const anyKey = 'mutation ($id: ID!) { revokeAnyApiKey(input: { id: $id }) { apiKey { id } } }';
    expect((await app.graphql(anyKey, { id: first.id }, administrator)).errors).toBeUndefined();
    expect(await Promise.all([first, second, third, other].map(works))).toEqual([false, false, false, true]);
    expect((await revocations(account))[0]).toEqual(event(first, 'BY_ADMINISTRATOR'));
  });
});

describe('when a key revokes itself or its creator', () => {
  it.each([
    'itself',
    'its creator',
  ])('the keys live on, and the owner is mailed one link that ends them all: %s', async (which) => {
    const { account, first, second, third, other } = await family();
    const by = which === 'itself' ? first : third;
    expect((await app.graphql(revoke, { id: first.id }, by.text)).errors).toBeUndefined();
    expect(await Promise.all([first, second, third, other].map(works))).toEqual([false, true, true, true]);
    expect(await revocations(account)).toEqual([event(first, 'BY_OWNER')]);
    const mails = await mailsTo(account);
    expect(mails).toHaveLength(1);
    const token = tokenIn(mails[0]?.text);
    const late = await keyBy(third.text);
    const answers = await Promise.all([end(token), end(token)]);
    expect(answers.sort()).toEqual([3, 'SECRET_INVALID']);
    const live = await Promise.all([second, third, late, other].map(works));
    expect(live).toEqual([false, false, false, true]);
    const ended = (await revocations(account)).slice(1);
    expect(ended.map(({ details }) => details)).toEqual(
      Array.from({ length: 3 }, () => ({ format: 'OPENBIN', reason: 'BY_LINK' })),
    );
  });

  it('at Binboi and OpenBin alike', async () => {
    for (const [format, path] of [
      ['BINBOI', '/binboi/api/v1/tokens'],
      ['OPENBIN', '/openbin/api/api-keys'],
    ] as const) {
      const account = await app.makeAccount();
      const first = await keyBy(await app.makeSession(account), format);
      const second = await keyBy(first.text, format);
      const { status } = await app.request.delete(`${path}/${first.id}`).auth(first.text, { type: 'bearer' });
      expect([200, 204]).toContain(status);
      expect(await works(second)).toBe(true);
      expect(await mailsTo(account)).toHaveLength(1);
    }
  });

  it('a later mail’s link ends those of an earlier one that was not used, which works no more', async () => {
    const { account, session, first, second, third } = await family();
    await app.graphql(revoke, { id: second.id }, second.text);
    const [earlier] = await mailsTo(account);
    const fourth = await keyBy(session);
    const fifth = await keyBy(fourth.text);
    await app.graphql(revoke, { id: fourth.id }, fourth.text);
    // The hour goes by.
    const due = { where: { accountId: account.id, sentAt: null }, data: { dueAt: new Date() } };
    await app.db.ownerNotice.updateMany(due);
    await sendDueNotices(app.services);
    const later = (await mailsTo(account)).at(-1);
    expect(await end(tokenIn(earlier?.text))).toBe('SECRET_INVALID');
    expect(await end(tokenIn(later?.text))).toBe(2);
    expect(await Promise.all([first, third, fifth].map(works))).toEqual([true, false, false]);
  });

  it('the owner is not mailed about a key that left none', async () => {
    const { account, third } = await family();
    await app.graphql(revoke, { id: third.id }, third.text);
    expect(await mailsTo(account)).toEqual([]);
  });
});

describe('endKeys', () => {
  it.each([
    ['', 'INVALID_INPUT'],
    ['0'.repeat(48), 'SECRET_INVALID'],
  ])('refuses %j', async (token, code) => {
    expect(await end(token)).toBe(code);
  });

  it('refuses a secret of another purpose, and reaches no key of another account', async () => {
    const [account, stranger] = [await app.makeAccount(), await app.makeAccount()];
    const key = await keyBy(await app.makeSession(stranger));
    expect(await end(await issueLongSecret(app.db, account.id, 'EMAIL_LINK'))).toBe('SECRET_INVALID');
    const data = { keyIds: [key.id] };
    expect(await end(await issueLongSecret(app.db, account.id, 'END_KEYS', { data }))).toBe(0);
    expect(await works(key)).toBe(true);
  });
});

describe('resetPassword', () => {
  const reset = `mutation ($token: String!, $keys: Boolean) {
    resetPassword(input: { token: $token, newPassword: "a new passphrase", revokeKeys: $keys }) { accountId }
  }`;

  it.each([
    [true, false],
    [false, true],
  ])('with revokeKeys %j leaves keys that work: %j', async (keys, live) => {
    const { account, first, third } = await family();
    const token = await issueLongSecret(app.db, account.id, 'PASSWORD_RESET');
    expect((await app.graphql(reset, { token, keys }, undefined)).errors).toBeUndefined();
    expect(await Promise.all([first, third].map(works))).toEqual([live, live]);
    const events = await revocations(account);
    expect(events.map(({ details }) => details)).toEqual(
      live ? [] : Array.from({ length: 4 }, () => ({ format: 'OPENBIN', reason: 'PASSWORD_RESET' })),
    );
  });
});

it('a first proof revokes every key as an event', async () => {
  const account = await app.makeAccount({ verified: false });
  const keys = [await keyBy(await app.makeSession(account)), await keyBy(await app.makeSession(account))];
  const token = await issueLongSecret(app.db, account.id, 'EMAIL_LINK');
  const verify = 'mutation ($token: String!) { verifyEmail(input: { token: $token }) { account { id } } }';
  expect((await app.graphql(verify, { token })).errors).toBeUndefined();
  expect(await Promise.all(keys.map(works))).toEqual([false, false]);
  expect(await revocations(account)).toEqual(keys.map((key) => event(key, 'FIRST_PROOF')));
});
