import { describe, expect, it } from 'vitest';
import { startTestApp, useApp } from '../support/app.ts';
import { useStarted } from '../support/started.ts';
import { startKeyServer } from './support/keyServer.ts';
import { password, restumeOf } from './support/restume.ts';

const google = useStarted(startKeyServer);
const app = useApp(() => google.env);
const restume = restumeOf(app);

const signIn = (credential: unknown) => restume.post('/auth/google', { credential });
const undo = async (token: string) => {
  const mutation = `mutation ($token: String!) { undoIdentityLink(input: { token: $token }) { accountId } }`;
  const { data, errors } = await app.graphql(mutation, { token });
  return errors?.[0]?.extensions.code ?? data.undoIdentityLink.accountId;
};
const eventsOf = async (accountId: string) =>
  (await app.db.securityEvent.findMany({ where: { accountId }, orderBy: { id: 'asc' } })).map(
    ({ name, outcome, details }) => [name, outcome, (details as { method?: string } | null)?.method],
  );
const mailsTo = async (email: string) => (await app.mails()).filter(({ to }) => to.includes(email));
async function undoToken(email: string): Promise<string> {
  const mail = (await mailsTo(email)).findLast(
    ({ subject }) => subject === 'A sign-in method was linked to your account',
  );
  return /unlink-identity\?token=([0-9a-f]{48})/.exec(mail?.text ?? '')?.[1] ?? '';
}

describe('S21: Google that is linked to an account with a proven address', () => {
  it('is mailed to the owner, whose link unlinks it and ends the sessions and keys that began since', async () => {
    const account = await app.makeAccount();
    const { id, email } = account;
    const before = await app.makeKey(account);
    const { body } = await signIn(await google.token(email)).expect(200);
    const { raw_key } = await restume.makeKey(body.access_token);
    const token = await undoToken(email);
    expect(await undo(token)).toBe(id);
    expect(await undo(token)).toBe('SECRET_INVALID');
    await restume.get('/me/account', body.access_token).expect(401);
    await restume.get('/me/account', raw_key).expect(401);
    const { body: me } = await restume.get('/me/account', before).expect(200);
    expect(me.available_sign_in_methods).toEqual(['password']);
    await restume.post('/auth/login', { username: email, password }).expect(200);
    const names = (await eventsOf(id)).map(([name]) => name);
    for (const name of ['identity_linked', 'identity_unlinked', 'sessions_ended'])
      expect(names).toContain(name);
  });

  it('leaves a way in where the first proof had taken the password: a reset by mail', async () => {
    const account = await app.makeAccount({ verified: false });
    await signIn(await google.token(account.email)).expect(200);
    expect(await undo(await undoToken(account.email))).toBe(account.id);
    await restume.post('/auth/forgot-password', { email: account.email }).expect(200);
    expect((await mailsTo(account.email)).at(-1)?.subject).toBe('Set a new password');
  });

  it('cannot be undone with the link of one that was unlinked since', async () => {
    const { email, token } = await restume.join();
    await signIn(await google.token(email)).expect(200);
    const link = await undoToken(email);
    await restume.signedPost('/me/google/unlink', token).expect(200);
    expect(await undo(link)).toBe('SECRET_INVALID');
    expect((await mailsTo(email)).at(-1)?.subject).toBe('A sign-in method was removed from your account');
  });

  it('is recorded as a sign-in; a token that is not Google’s as a failed one, of no account', async () => {
    const account = await app.makeAccount();
    await signIn(await google.token(account.email)).expect(200);
    expect(await eventsOf(account.id)).toEqual([
      ['identity_linked', 'SUCCEEDED', undefined],
      ['signed_in', 'SUCCEEDED', 'GOOGLE'],
    ]);
    await signIn('made.up.token').expect(401);
    await app.services.background.drain();
    expect(await app.db.securityEvent.findMany({ where: { accountId: null } })).toMatchObject([
      { name: 'signed_in', outcome: 'FAILED', details: { method: 'GOOGLE' }, targetName: null },
    ]);
  });
});

it('an account that a deletion released is left alone: the same Google identity signs up again', async () => {
  const account = await app.makeAccount();
  await signIn(await google.token(account.email)).expect(200);
  const key = await app.makeKey(account);
  expect((await app.request.delete('/api/v1/auth/me').auth(key, { type: 'bearer' })).status).toBe(204);
  await signIn(await google.token(account.email)).expect(200);
  const { id } = await app.db.account.findUniqueOrThrow({ where: { email: account.email } });
  expect(id).not.toBe(account.id);
});

it('an account that waits for its deletion at OpenBin does not sign in by Google', async () => {
  const account = await app.makeAccount();
  await signIn(await google.token(account.email)).expect(200);
  await app.db.account.update({
    where: { id: account.id },
    data: { deletionRequestedAt: new Date(), deletionScheduledAt: new Date(Date.now() + 1e6) },
  });
  await signIn(await google.token(account.email)).expect(403);
});

describe('GOOGLE_LINK_STRICT=true', () => {
  const strict = useApp(() => ({ ...google.env, GOOGLE_LINK_STRICT: 'true' }));
  const there = restumeOf(strict);
  const attempt = (credential: string) => there.post('/auth/google', { credential });
  const link = (variables: object, credential: string) =>
    strict.graphql(
      `mutation ($credential: String!, $password: String) {
        linkGoogle(input: { credential: $credential, password: $password }) {
          account { linkedIdentities { provider email } }
        }
      }`,
      { ...variables },
      credential,
    );

  it('asks for the password where Google is not authoritative', async () => {
    const account = await strict.makeAccount();
    const { status, body } = await attempt(await google.token(account.email));
    expect([status, body]).toEqual([409, { detail: expect.stringContaining('password') }]);
    await strict.services.background.drain();
    expect(await strict.db.securityEvent.findMany({ where: { accountId: account.id } })).toMatchObject([
      {
        name: 'signed_in',
        outcome: 'FAILED',
        details: { method: 'GOOGLE', reason: 'IDENTITY_NEEDS_PASSWORD' },
      },
    ]);
    expect(await strict.db.linkedIdentity.count({ where: { accountId: account.id } })).toBe(0);
  });

  it.each([
    ['at gmail.com', 'ada@gmail.com', {}],
    ['in Workspace', 'ada@workspace.example', { hd: 'workspace.example' }],
  ])('links an address %s as before', async (_name, email, claims) => {
    await strict.makeAccount({ email });
    await attempt(await google.token(email, { claims })).expect(200);
  });

  it('is linked by linkGoogle, in a session and with the password', async () => {
    const account = await strict.makeAccount();
    const session = await strict.makeSession(account);
    const credential = await google.token(account.email);
    const code = async (variables: object, by = session) =>
      (await link(variables, by)).errors?.[0]?.extensions.code;
    const byKey = await strict.makeKey(account);
    expect(await code({ credential, password }, byKey)).toBe('CREDENTIAL_KIND_REFUSED');
    expect(await code({ credential })).toBe('INVALID_INPUT');
    expect(await code({ credential, password: 'wrong' })).toBe('CURRENT_PASSWORD_WRONG');
    expect(await code({ credential: 'made up', password })).toBe('IDENTITY_TOKEN_INVALID');
    const unproven = await strict.makeSession(await strict.makeAccount({ verified: false }));
    expect(await code({ credential, password }, unproven)).toBe('EMAIL_NOT_VERIFIED');
    expect(await strict.db.linkedIdentity.count({ where: { accountId: account.id } })).toBe(0);
    const { data } = await link({ credential, password }, session);
    expect(data.linkGoogle.account.linkedIdentities).toEqual([{ provider: 'GOOGLE', email: account.email }]);
    await attempt(credential).expect(200);
    // It signs in to one account only.
    const other = await strict.makeSession(await strict.makeAccount());
    expect(await code({ credential, password }, other)).toBe('IDENTITY_CONFLICT');
  });
});

it('wrong tokens do not fill the database: as many are recorded as sign-ins may fail', async () => {
  const limited = await startTestApp({ ...google.env, DISABLE_RATE_LIMIT: 'false' });
  const aliases = Array.from(
    { length: 10 },
    (_, at) => `a${at}: signInWithGoogle(input: { idToken: "x" }) { accessToken }`,
  );
  for (let sent = 0; sent < 15; sent++) await limited.graphql(`mutation { ${aliases.join(' ')} }`);
  await limited.services.background.drain();
  const recorded = await limited.db.securityEvent.count();
  expect(recorded).toBeGreaterThan(0);
  expect(recorded).toBeLessThanOrEqual(100);
  await limited.stop();
});
