import { describe, expect, it, vi } from 'vitest';
import { purgeOldSecurityEvents } from '../../src/graph/identity/security/events.ts';
import { password, startTestApp, useApp } from '../support/app.ts';

const app = useApp();

const eventsOf = async (accountId: string | null) => {
  await app.services.background.drain();
  return app.db.securityEvent.findMany({ where: { accountId }, orderBy: { id: 'asc' } });
};

/** The ways to sign in with a password. */
const doors: [string, (name: string, secret: string) => PromiseLike<{ status: number }>][] = [
  ['Binboi', (email, secret) => app.request.post('/api/auth/login').send({ email, password: secret })],
  [
    'OpenBin',
    (email, secret) =>
      app.request.post('/api/auth/login').set('Host', 'openbin.localhost').send({ email, password: secret }),
  ],
  [
    'RESTume',
    (username, secret) => app.request.post('/restume/v1/auth/login').send({ username, password: secret }),
  ],
  [
    'GraphQL',
    (email, secret) =>
      app.graphql(
        'mutation ($email: String, $secret: String!) { signIn(input: { email: $email, password: $secret }) { accessToken } }',
        {
          email,
          secret,
        },
      ),
  ],
];

describe.each(doors)('S19: a sign-in by %s', (_name, signIn) => {
  it('is recorded with account, client address and method', async () => {
    const { id, email } = await app.makeAccount();
    await signIn(email, password);
    expect(await eventsOf(id)).toMatchObject([
      {
        name: 'signed_in',
        outcome: 'SUCCEEDED',
        actorId: id,
        address: expect.stringMatching(/127\.0\.0\.1$/),
        details: { method: 'PASSWORD' },
      },
    ]);
  });

  it('that fails is recorded too, after the answer', async () => {
    const { id, email } = await app.makeAccount();
    await signIn(email, 'wrong');
    expect(await eventsOf(id)).toMatchObject([
      {
        name: 'signed_in',
        outcome: 'FAILED',
        actorId: null,
        actorName: null,
        details: { method: 'PASSWORD' },
      },
    ]);
  });

  it('to no account is recorded without the name that was tried', async () => {
    await app.db.securityEvent.deleteMany();
    await signIn('my-secret-password@example.com', 'wrong');
    const events = await eventsOf(null);
    expect(events).toMatchObject([
      { name: 'signed_in', outcome: 'FAILED', targetId: null, targetName: null },
    ]);
    expect(JSON.stringify(events)).not.toContain('my-secret');
  });
});

it('a failed sign-in takes the same statements for known and unknown accounts before its answer', async () => {
  const { email } = await app.makeAccount();
  const signIn = (name: string) =>
    app.request.post('/api/auth/login').send({ email: name, password: 'wrong' });
  const answered = async (name: string) => {
    const seen: string[] = [];
    const stop = app.services.database.onStatement(({ sql }) => seen.push(sql));
    await signIn(name);
    stop();
    await app.services.background.drain();
    return seen;
  };
  const [known, unknown] = [await answered(email), await answered('nobody@example.com')];
  expect(known).toHaveLength(1);
  expect(unknown).toEqual(known);
});

it('is logged as a line of its own', async () => {
  const { id, email } = await app.makeAccount();
  const logged = vi.spyOn(app.services.log, 'info');
  await app.request.post('/api/auth/login').send({ email, password: 'wrong' });
  await app.services.background.drain();
  expect(logged).toHaveBeenCalledWith(
    expect.objectContaining({
      event: 'security.signed_in',
      accountId: id,
      outcome: 'FAILED',
      address: expect.stringMatching(/127\.0\.0\.1$/),
    }),
    'security.signed_in',
  );
  logged.mockRestore();
});

it('a refresh token that comes back is one failed sign-in, however often it comes', async () => {
  const { id, email } = await app.makeAccount();
  const signIn = `mutation { signIn(input: { email: "${email}", password: "${password}" }) { refreshToken } }`;
  const { data } = await app.graphql(signIn);
  const refresh = () =>
    app.graphql(
      `mutation { refreshSession(input: { refreshToken: "${data.signIn.refreshToken}" }) { accessToken } }`,
    );
  for (let times = 0; times < 4; times++) await refresh();
  expect((await eventsOf(id)).map(({ name, outcome, details }) => [name, outcome, details])).toMatchObject([
    ['signed_in', 'SUCCEEDED', { method: 'PASSWORD' }],
    ['signed_in', 'FAILED', { method: 'REFRESH_TOKEN' }],
    ['session_ended', 'SUCCEEDED', { reason: 'REPLAY' }],
  ]);
});

it('guesses of the current password are failed sign-ins', async () => {
  const account = await app.makeAccount();
  await app.graphql(
    'mutation { deleteViewer(input: { password: "wrong" }) { deletedAccountId } }',
    {},
    await app.makeSession(account),
  );
  expect(await eventsOf(account.id)).toMatchObject([
    { name: 'signed_in', outcome: 'FAILED', details: { method: 'CURRENT_PASSWORD' } },
  ]);
});

it('failed sign-ins do not fill the database: what the limits refuse is not recorded', async () => {
  const limited = await startTestApp({ DISABLE_RATE_LIMIT: 'false' });
  const { id, email } = await limited.makeAccount();
  for (let tries = 0; tries < 15; tries++)
    await limited.request.post('/api/auth/login').send({ email, password: 'wrong' });
  await limited.services.background.drain();
  const recorded = await limited.db.securityEvent.count({ where: { accountId: id } });
  expect(recorded).toBeGreaterThan(0);
  expect(recorded).toBeLessThanOrEqual(10);
  await limited.stop();
});

it('events are deleted after SECURITY_EVENT_RETENTION_DAYS', async () => {
  const { id, email } = await app.makeAccount();
  for (let times = 0; times < 2; times++)
    await app.request.post('/api/auth/login').send({ email, password }).expect(200);
  const [old] = await eventsOf(id);
  const createdAt = new Date(Date.now() - 366 * 24 * 3600_000);
  await app.db.securityEvent.update({ where: { id: old?.id ?? '' }, data: { createdAt } });
  await purgeOldSecurityEvents(app.services);
  expect(await eventsOf(id)).toHaveLength(1);
});
