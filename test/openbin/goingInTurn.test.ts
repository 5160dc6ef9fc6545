import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { lockAccount } from '../../src/graph/core/lockAccount.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { password } from '../support/app.ts';
import { type Person, useOpenbin } from './support.ts';

// OpenBin 7.8: a location that only one belonged to goes with them, also one that is being made meanwhile.
const app = useOpenbin({ DELETION_GRACE_PERIOD_DAYS: '0' });

const untilTheyWait = 500;
const create = (who: Person) => app.call('post', '/locations', who.key).send({ name: 'Mine' });
const join = (who: Person, inviteCode: string) =>
  app.call('post', '/locations/join', who.key).send({ inviteCode });
const ways: [string, (who: Person) => PromiseLike<unknown>][] = [
  ['DELETE /auth/account', (who) => app.call('delete', '/auth/account', who.session).send({ password })],
  [
    'deleteViewer',
    (who) => app.graphql('mutation { deleteViewer(input: {}) { deletedAccountId } }', {}, who.session),
  ],
];
const withoutAnybody = () => app.db.location.count({ where: { memberships: { none: {} } } });

describe('who is being deleted', () => {
  it('makes and joins nothing any more: such requests wait, and find that the account is gone', async () => {
    const [who, owner] = [await app.person(), await app.person()];
    const { id, invite_code: inviteCode } = await app.location(owner);
    await app.call('get', '/auth/me', who.key).expect(200);
    const { requests } = await app.db.$transaction(async (tx) => {
      await lockAccount(tx, who.account.id);
      const requests = [create(who), join(who, inviteCode)].map((request) =>
        request.then(({ status }) => status),
      );
      await sleep(untilTheyWait);
      await tx.account.delete({ where: { id: who.account.id } });
      return { requests };
    });
    expect(await Promise.all(requests)).toEqual([401, 401]);
    expect(await app.db.membership.count({ where: { locationId: id } })).toBe(1);
    expect(await withoutAnybody()).toBe(0);
  });

  it.each(ways)('takes along what came while the deletion waited: %s', async (_way, remove) => {
    const [who, owner] = [await app.person(), await app.person()];
    const shared = await app.location(owner);
    const locationId = newId();
    const { removed } = await app.db.$transaction(async (tx) => {
      await lockAccount(tx, who.account.id);
      const removed = Promise.resolve(remove(who));
      await sleep(untilTheyWait);
      const { id: accountId } = who.account;
      await tx.location.create({
        data: {
          id: locationId,
          name: 'Late',
          inviteCode: newId(),
          memberships: { create: { id: newId(), accountId, role: 'ADMIN' } },
        },
      });
      await tx.membership.create({
        data: { id: newId(), locationId: shared.id, accountId, role: 'MEMBER' },
      });
      return { removed };
    });
    await removed;
    expect(await app.db.account.count({ where: { id: who.account.id } })).toBe(0);
    expect(await app.db.location.count({ where: { id: locationId } })).toBe(0);
    expect(await app.db.membership.count({ where: { locationId: shared.id } })).toBe(1);
  });

  it.each(ways)(
    'leaves no location without anybody beside a flood of new ones: %s',
    {
      timeout: 60_000,
    },
    async (_way, remove) => {
      for (let round = 0; round < 4; round++) {
        const [who, other] = [await app.person(), await app.person()];
        const { invite_code: inviteCode } = await app.location(who);
        const flood = () => Array.from({ length: 8 }, () => create(who));
        await Promise.all([...flood(), remove(who), join(other, inviteCode), remove(other), ...flood()]);
        expect(await withoutAnybody()).toBe(0);
      }
    },
  );
});
