import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { password, useApp } from '../support/app.ts';

const app = useApp({ DISABLE_RATE_LIMIT: 'false' });
let registered = 0;

async function register() {
  const email = `somebody${++registered}@example.com`;
  const account = await app.makeAccount({ email });
  const signIn = async () => {
    const { data } = await app.graphql(
      `mutation { signIn(input: { email: "${email}", password: "${password}" }) { accessToken refreshToken } }`,
    );
    return data.signIn as { accessToken: string; refreshToken: string | null };
  };
  return { account, signIn };
}

const isIn = async (token: string) => !(await app.graphql('{ viewer { id } }', {}, token)).errors;
const mutate = async (field: string, token: string) => {
  const { data, errors } = await app.graphql(`mutation { ${field} }`, {}, token);
  return errors ? errors[0]?.extensions.code : data;
};

describe('A session', () => {
  it('signs out alone', async () => {
    const { signIn } = await register();
    const [one, other] = [await signIn(), await signIn()];
    await mutate('signOut(input: {}) { endedSessionId }', one.accessToken);
    expect([await isIn(one.accessToken), await isIn(other.accessToken)]).toEqual([false, true]);
  });

  it('signs out everywhere', async () => {
    const { signIn } = await register();
    const [one, other] = [await signIn(), await signIn()];
    const ended = await mutate('signOut(input: { everywhere: true }) { endedSessionId }', one.accessToken);
    expect(ended).toEqual({ signOut: { endedSessionId: expect.any(String) } });
    expect([await isIn(one.accessToken), await isIn(other.accessToken)]).toEqual([false, false]);
  });

  it.each([
    ['{}', [false, false]],
    ['{ exceptThis: true }', [true, false]],
  ])('ends the others, and itself unless excepted: %s', async (input, expected) => {
    const { signIn } = await register();
    const [one, other] = [await signIn(), await signIn()];
    await mutate(`endAllSessions(input: ${input}) { account { id } }`, one.accessToken);
    expect([await isIn(one.accessToken), await isIn(other.accessToken)]).toEqual(expected);
  });

  it('can be renewed no more, alone or with all others; another account’s is not found', async () => {
    const { account, signIn } = await register();
    const { accessToken } = await signIn();
    const renewable = () => app.db.session.count({ where: { accountId: account.id, refreshEndedAt: null } });
    const make = () =>
      app.db.session.create({
        data: {
          id: newId(),
          accountId: account.id,
          kind: 'REFRESHABLE',
          tokenVersion: 0,
          expiresAt: new Date(Date.now() + 3600_000),
        },
      });
    const [first] = [await make(), await make(), await make()];
    const before = await renewable();
    const end = (input: string) => mutate(`endRenewals(input: ${input}) { account { id } }`, accessToken);
    await end(`{ sessionId: "${first.id}" }`);
    expect(await renewable()).toBe(before - 1);
    const { signIn: foreign, account: other } = await register();
    await foreign();
    const [theirs] = await app.db.session.findMany({ where: { accountId: other.id } });
    expect(await end(`{ sessionId: "${theirs?.id}" }`)).toBe('NOT_FOUND');
    await end('{}');
    expect(
      await app.db.session.count({
        where: { accountId: account.id, kind: 'REFRESHABLE', refreshEndedAt: null },
      }),
    ).toBe(0);
  });
});

describe('deleteViewer', () => {
  it('deletes nothing when a wrong password is given, and takes the right one', async () => {
    const { account, signIn } = await register();
    const { accessToken } = await signIn();
    const remove = (given: string) =>
      mutate(`deleteViewer(input: { password: "${given}" }) { deletedAccountId }`, accessToken);
    expect(await remove('wrong')).toBe('CURRENT_PASSWORD_WRONG');
    expect(await app.db.account.count({ where: { id: account.id } })).toBe(1);
    expect(await remove(password)).toEqual({ deleteViewer: { deletedAccountId: account.id } });
    expect(await app.db.account.count({ where: { id: account.id, deletionRequestedAt: null } })).toBe(0);
    expect(await app.db.account.count({ where: { email: account.email } })).toBe(0);
  });

  it('counts guesses of the password', async () => {
    const { account, signIn } = await register();
    const { accessToken } = await signIn();
    const guess = () =>
      mutate('deleteViewer(input: { password: "wrong" }) { deletedAccountId }', accessToken);
    const answers: unknown[] = [];
    for (let tries = 0; tries < 11; tries++) answers.push(await guess());
    expect(answers.at(-1)).toBe('RATE_LIMITED');
    expect(await app.db.account.count({ where: { id: account.id } })).toBe(1);
  });
});

describe('clearScans', () => {
  it('forgets the scans of one bin, of one location, or all', async () => {
    const account = await app.makeAccount();
    const key = await app.makeKey(account);
    const places: { locationId: string; binIds: string[] }[] = [];
    for (const name of ['Home', 'Shed']) {
      const locationId = newId();
      await app.db.location.create({
        data: {
          id: locationId,
          name,
          inviteCode: locationId,
          memberships: { create: { id: newId(), accountId: account.id, role: 'ADMIN' } },
        },
      });
      const binIds = [newId(), newId()];
      for (const [at, id] of binIds.entries()) {
        const shortCode = `${name.slice(0, 1)}${at}ABCD`;
        await app.db.bin.create({ data: { id, locationId, name, nameKey: name, shortCode } });
        await app.db.binScan.create({
          data: { id: newId(), accountId: account.id, binId: id, scannedAt: new Date() },
        });
      }
      places.push({ locationId, binIds });
    }
    const clear = async (input: string) =>
      (await app.graphql(`mutation { clearScans(input: ${input}) { clearedCount } }`, {}, key)).data
        .clearScans.clearedCount;
    expect(await clear(`{ binId: "${places[0]?.binIds[0]}" }`)).toBe(1);
    expect(await clear(`{ locationId: "${places[1]?.locationId}" }`)).toBe(2);
    expect(await clear('{}')).toBe(1);
  });
});
