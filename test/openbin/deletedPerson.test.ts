import { describe, expect, it } from 'vitest';
import { eraseDueAccounts } from '../../src/graph/identity/deletion/due.ts';
import { useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();

/** Somebody who joins and does something, and of whom an administrator does something. */
async function someone(): Promise<Person> {
  const who = await home.person({ name: 'Nora' });
  const { invite_code: inviteCode } = (await home.call('get', '/locations', home.admin.key).expect(200)).body
    .results[0];
  await home.call('post', '/locations/join', who.key).send({ inviteCode }).expect(201);
  await home.call('post', '/bins', who.key).send({ locationId: home.locationId, name: 'Nora’s' }).expect(201);
  await home
    .call('put', `/locations/${home.locationId}/members/${who.account.id}/role`, home.admin.key)
    .send({ role: 'admin' })
    .expect(200);
  await home.services.background.drain();
  return who;
}
const feed = async () => {
  const { results } = await home.log(home.locationId, home.admin);
  return results;
};
const remove = async (who: Person) => {
  const key = await home.makeKey(who.account, 'BINBOI');
  const { status } = await home.request.delete('/api/v1/auth/me').auth(key, { type: 'bearer' });
  expect(status).toBe(204);
};
const erase = async (who: Person) => {
  const data = { deletionScheduledAt: new Date(Date.now() - 1) };
  await home.db.account.update({ where: { id: who.account.id }, data });
  await eraseDueAccounts(home.services);
};

describe('S24: after a deletion the address stands nowhere', () => {
  it('the activity feed shows a deleted person, as who acted and as whom it was about', async () => {
    const who = await someone();
    const { email } = who.account;
    const before = await feed();
    expect(JSON.stringify(before)).toContain(email);
    await remove(who);
    const released = await feed();
    expect(released).toHaveLength(before.length);
    expect(JSON.stringify(released)).not.toContain(email);
    expect(JSON.stringify(released)).not.toContain('Nora"');
    await erase(who);
    const erased = await feed();
    expect(erased).toHaveLength(before.length);
    expect(JSON.stringify(erased)).not.toContain(email);
    expect(erased.filter((row) => row.user_name === 'Deleted person').length).toBeGreaterThanOrEqual(2);
    expect(erased.filter((row) => row.entity_name === 'Deleted person').length).toBeGreaterThanOrEqual(2);
  });

  it('nor in any table', async () => {
    const who = await someone();
    const { email } = who.account;
    await remove(who);
    await erase(who);
    await home.services.background.drain();
    for (const model of [
      'activity',
      'securityEvent',
      'ownerNotice',
      'account',
      'organizationInvitation',
    ] as const) {
      const rows = await (home.db[model] as { findMany(): Promise<unknown[]> }).findMany();
      expect(JSON.stringify(rows), model).not.toContain(email);
    }
  });

  it('and who was restored is named again', async () => {
    const who = await someone();
    await remove(who);
    const root = await home.makeKey(await home.makeAccount({ administrator: true }));
    const restore = `mutation { restoreAnyAccount(input: { id: "${who.account.id}" }) { email } }`;
    expect((await home.graphql(restore, {}, root)).errors).toBeUndefined();
    expect(JSON.stringify(await feed())).toContain(who.account.email);
  });
});
