import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { lockLocation } from '../../src/graph/inventory/location/roles.ts';
import { password } from '../support/app.ts';
import { strongPassword, useOpenbin } from './support.ts';

// OpenBin 7.3, 7.8 and 8: a location that goes while somebody joins it is not joined any more.
const app = useOpenbin({ DELETION_GRACE_PERIOD_DAYS: '0' });

const untilTheyWait = 800;
let registered = 0;
const register = (inviteCode: string) =>
  app.call('post', '/auth/register').send({
    inviteCode,
    email: `joining${++registered}@example.com`,
    password: strongPassword,
    displayName: 'Joe',
  });

describe('who has a code', () => {
  it('waits for the turn of the location, and joins nothing when it is gone then', async () => {
    const [owner, who] = [await app.person(), await app.person()];
    const { id, invite_code: inviteCode } = await app.location(owner);
    const requests = await app.db.$transaction(async (tx) => {
      await lockLocation(tx, id);
      const both = [
        app.call('post', '/locations/join', who.key).send({ inviteCode }),
        register(inviteCode),
      ].map((request) => request.then(({ status, body }) => [status, body.error]));
      await sleep(untilTheyWait);
      await tx.location.delete({ where: { id } });
      return { both };
    });
    expect(await Promise.all(requests.both)).toEqual([
      [404, 'NOT_FOUND'],
      [404, 'NOT_FOUND'],
    ]);
    const email = `joining${registered}@example.com`;
    expect(await app.db.account.count({ where: { email } })).toBe(0);
  });

  it('finds that the code was changed meanwhile', async () => {
    const [owner, who] = [await app.person(), await app.person()];
    const { id, invite_code: inviteCode } = await app.location(owner);
    const { join } = await app.db.$transaction(async (tx) => {
      await lockLocation(tx, id);
      const request = app.call('post', '/locations/join', who.key).send({ inviteCode });
      const join = request.then(({ status }) => status);
      await sleep(untilTheyWait);
      await tx.location.update({ where: { id }, data: { inviteCode: `other${id}` } });
      return { join };
    });
    expect(await join).toBe(404);
  });

  it('belongs to the location after a 201, also when the last other one goes', {
    timeout: 60_000,
  }, async () => {
    for (let round = 0; round < 8; round++) {
      const [owner, who] = [await app.person(), await app.person()];
      const { invite_code: inviteCode } = await app.location(owner);
      const [gone, joined] = await Promise.all([
        app.call('delete', '/auth/account', owner.session).send({ password }),
        sleep(round * 15).then(() => app.call('post', '/locations/join', who.key).send({ inviteCode })),
      ]);
      const { results } = (await app.call('get', '/locations', who.key).expect(200)).body;
      const roles = results.map(({ role }: { role: string }) => role);
      // Who comes first is left alone with it, or keeps the owner from going.
      expect([
        [200, 201, 'admin'],
        [409, 201, 'member'],
        [200, 404],
      ]).toContainEqual([gone.status, joined.status, ...roles]);
    }
  });
});
