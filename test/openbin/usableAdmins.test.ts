import { describe, expect, it } from 'vitest';
import { eraseDueAccounts } from '../../src/graph/identity/deletion/due.ts';
import { password } from '../support/app.ts';
import { statuses } from './household.ts';
import { type Person, useOpenbin } from './support.ts';

// OpenBin 7.8 and 8: a shared location keeps an administrator who can act. Those who wait for their
// deletion, or are suspended, cannot.
const app = useOpenbin();

const rounds = 6;
const requestDeletion = (who: Person) => app.call('delete', '/auth/account', who.session).send({ password });
/** Signed in again: the request for the deletion has ended the session. */
const signedInAgain = async (who: Person): Promise<Person> => {
  const account = await app.db.account.findUniqueOrThrow({ where: { id: who.account.id } });
  return { ...who, session: await app.makeSession(account) };
};
const recover = (who: Person) =>
  app.call('post', '/auth/recover-deletion').send({ email: who.account.email, password }).expect(200);

/** A location with two administrators and somebody who looks. */
async function shared() {
  const [ann, ben, cleo] = [await app.person(), await app.person(), await app.person()];
  const { id, invite_code: inviteCode } = await app.location(ann, 'Shared');
  await app.belong(ben, id, 'ADMIN');
  await app.belong(cleo, id, 'VIEWER');
  const at = (who: Person) => `/locations/${id}/members/${who.account.id}`;
  return {
    ann,
    ben,
    cleo,
    id,
    inviteCode,
    remove: (who: Person, as = who) => app.call('delete', at(who), as.key),
    setRole: (who: Person, role: string, as = who) =>
      app.call('put', `${at(who)}/role`, as.key).send({ role }),
    async roles(as: Person): Promise<string[]> {
      const { body } = await app.call('get', `/locations/${id}/members`, as.key).expect(200);
      return body.results.map(({ role }: { role: string }) => role);
    },
    /** How many administer it and can act. */
    usable: () =>
      app.db.membership.count({
        where: { locationId: id, role: 'ADMIN', account: { active: true, deletionRequestedAt: null } },
      }),
  };
}

async function setActive(who: Person, active: boolean): Promise<void> {
  await app.db.account.update({ where: { id: who.account.id }, data: { active } });
  await app.services.credentials.forget(who.account.id);
}

/** The one who is left can do nothing that would leave the others alone. */
async function expectToBeNeeded({ id, ben, remove, setRole }: Awaited<ReturnType<typeof shared>>) {
  const { status, body } = await requestDeletion(ben);
  expect([status, body.error, body.locations]).toEqual([
    409,
    'SOLE_ADMIN_OF_SHARED_LOCATIONS',
    [{ id, name: 'Shared' }],
  ]);
  for (const answer of [await remove(ben), await setRole(ben, 'member')]) {
    expect([answer.status, answer.body]).toEqual([
      422,
      { error: 'VALIDATION_ERROR', message: 'A location needs an administrator.' },
    ]);
  }
}

describe('an administrator who waits for the deletion', () => {
  it('does not count until the account is recovered, with the role that it had', async () => {
    const home = await shared();
    await requestDeletion(home.ann).expect(200);
    await expectToBeNeeded(home);
    await recover(home.ann);
    await requestDeletion(home.ben).expect(200);
    expect(await home.roles(home.ann)).toEqual(['admin', 'admin', 'viewer']);
    await expectToBeNeeded({ ...home, ben: await signedInAgain(home.ann) });
  });

  it('may be made another or removed meanwhile, and is what is left of that when recovered', async () => {
    const home = await shared();
    await requestDeletion(home.ann).expect(200);
    await home.setRole(home.ann, 'viewer', home.ben).expect(200);
    await recover(home.ann);
    expect(await home.roles(home.ann)).toEqual(['viewer', 'admin', 'viewer']);
    await requestDeletion(await signedInAgain(home.ann)).expect(200);
    await home.remove(home.ann, home.ben).expect(200);
    expect(await home.roles(home.ben)).toEqual(['admin', 'viewer']);
  });

  it('is not left behind by the other one where nobody else belongs', async () => {
    const home = await shared();
    await home.remove(home.cleo).expect(200);
    await requestDeletion(home.ann).expect(200);
    await home.remove(home.ben).expect(422);
    await requestDeletion(home.ben).expect(200);
    await recover(home.ann);
    expect(await home.roles(home.ann)).toEqual(['admin', 'admin']);
  });

  it('takes nothing over from one who is deleted for good, while somebody else can act', async () => {
    const home = await shared();
    await home.remove(home.cleo).expect(200);
    for (const who of [home.ann, home.ben]) await requestDeletion(who).expect(200);
    const { inviteCode } = home;
    await app.call('post', '/locations/join', home.cleo.key).send({ inviteCode }).expect(201);
    await app.db.account.update({
      where: { id: home.ann.account.id },
      data: { deletionScheduledAt: new Date(Date.now() - 1000) },
    });
    await eraseDueAccounts(app.services);
    expect(await home.roles(home.cleo)).toEqual(['admin', 'admin']);
  });
});

describe('a suspended administrator', () => {
  it('does not count until they are active again', async () => {
    const home = await shared();
    await setActive(home.ann, false);
    await expectToBeNeeded(home);
    await setActive(home.ann, true);
    await home.remove(home.ben).expect(200);
  });
});

describe('the last two at once', () => {
  it.each([
    ['both ask for their deletion', (h) => [requestDeletion(h.ann), requestDeletion(h.ben)], [200, 409]],
    ['one asks for it, one leaves', (h) => [requestDeletion(h.ann), h.remove(h.ben)], [200, 0]],
    [
      'one asks for it, one steps down',
      (h) => [requestDeletion(h.ann), h.setRole(h.ben, 'member')],
      [200, 0],
    ],
    [
      'one asks for it, the other takes the role',
      (h) => [requestDeletion(h.ann), h.setRole(h.ann, 'viewer', h.ben)],
      [200, 200],
    ],
  ] as [string, (h: Awaited<ReturnType<typeof shared>>) => Promise<{ status: number }>[], number[]][])(
    'do not both pass: %s',
    { timeout: 60_000 },
    async (_name, both, expected) => {
      for (let round = 0; round < rounds; round++) {
        const home = await shared();
        const answers = statuses(await Promise.all(both(home)));
        const [first, second] = answers;
        expect(first).toBe(expected[0]);
        if (expected[1]) expect(second).toBe(expected[1]);
        else expect([409, 422]).toContain(second);
        expect(await home.usable()).toBe(1);
      }
    },
  );

  it('wait for no circle of locations and accounts', { timeout: 60_000 }, async () => {
    for (let round = 0; round < rounds; round++) {
      const [ann, ben] = [await app.person(), await app.person()];
      for (let at = 0; at < 3; at++) {
        const [mine, other] = at % 2 ? [ann, ben] : [ben, ann];
        const { id } = await app.location(mine, `Home ${at}`);
        await app.belong(other, id, 'ADMIN');
        await app.belong(await app.person(), id, 'MEMBER');
        await app.call('put', '/auth/active-location', ann.key).send({ locationId: id }).expect(200);
      }
      const active = await app.db.account.findUniqueOrThrow({ where: { id: ann.account.id } });
      const answers = await Promise.all([
        requestDeletion(ann),
        app.call('delete', `/locations/${active.activeLocationId}/members/${ann.account.id}`, ben.key),
        requestDeletion(ben),
      ]);
      expect(answers.map(({ status }) => status)).not.toContain(503);
      expect(statuses([answers[0], answers[2]])).toEqual([200, 409]);
    }
  });
});
