import { describe, expect, it } from 'vitest';
import { statuses, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();

const at = (who: Person | string, rest = '', location = home.locationId) =>
  `/locations/${location}/members/${typeof who === 'string' ? who : who.account.id}${rest}`;
const remove = (who: Person | string, as: Person) => home.call('delete', at(who), as.key);
const setRole = (who: Person | string, role: unknown, as: Person, location?: string) =>
  home.call('put', at(who, '/role', location), as.key).send({ role });
async function newMember(role: 'ADMIN' | 'MEMBER' | 'VIEWER' = 'MEMBER', locationId = home.locationId) {
  const who = await home.person();
  await home.belong(who, locationId, role);
  return who;
}
const roleOf = async (who: Person) =>
  (
    await home.db.membership.findUnique({
      where: { locationId_accountId: { locationId: home.locationId, accountId: who.account.id } },
    })
  )?.role ?? null;

describe('the list (8)', () => {
  it('has everybody in the order of joining, with name and address', async () => {
    const owner = await home.person({ name: 'Owner' });
    const { id, invite_code: inviteCode } = await home.location(owner);
    const joined: Person[] = [];
    for (const name of ['Zoe', 'Ann', 'Mia']) {
      const who = await home.person({ name });
      await home.call('post', '/locations/join', who.key).send({ inviteCode }).expect(201);
      joined.push(who);
    }
    const { body } = await home.call('get', `/locations/${id}/members`, owner.key).expect(200);
    expect(body).toEqual({
      results: [owner, ...joined].map(({ account }, position) => ({
        id: expect.any(String),
        location_id: id,
        user_id: account.id,
        role: position === 0 ? 'admin' : 'member',
        joined_at: expect.stringMatching(/Z$/),
        display_name: account.name,
        email: account.email,
      })),
      count: 4,
    });
  });
});

describe('joining (8)', () => {
  it('happens once, also when it is asked for many times at once', async () => {
    const { inviteCode } = await home.db.location.findUniqueOrThrow({ where: { id: home.locationId } });
    const who = await home.person();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => home.call('post', '/locations/join', who.key).send({ inviteCode })),
    );
    expect(statuses(answers)).toEqual([201, 409, 409, 409, 409]);
    for (const { status, body } of answers)
      if (status === 409)
        expect(body).toEqual({ error: 'CONFLICT', message: 'You belong to this location already.' });
    const { results } = await home.log(home.locationId, home.admin, '?entity_type=member');
    expect(results.filter(({ user_id: id }) => id === who.account.id)).toHaveLength(1);
  });
});

describe('removal (8, 6)', () => {
  it('is for administrators, of anybody, and for everybody, of themselves', async () => {
    for (const role of ['MEMBER', 'VIEWER'] as const) {
      const [removed, leaving] = [await newMember(role), await newMember(role)];
      await remove(removed, leaving).expect(403);
      for (const answer of [await remove(removed, home.admin), await remove(leaving, leaving)])
        expect([answer.status, answer.body]).toEqual([200, { message: 'Member removed' }]);
      for (const who of [removed, leaving]) {
        expect(await roleOf(who)).toBeNull();
        await home.call('get', `/locations/${home.locationId}/areas`, who.key).expect(403);
        await remove(who, who).expect(403);
        await remove(who, home.admin).expect(404);
      }
    }
    const second = await newMember('ADMIN');
    await remove(second, home.admin).expect(200);
  });

  it('tells only administrators who is no member', async () => {
    for (const who of [home.member, home.viewer, home.stranger]) await remove('unknown', who).expect(403);
    await remove(home.stranger, home.admin).expect(404);
    await remove(home.member, home.stranger).expect(403);
  });

  it('leaves the bins that somebody made, the private ones to nobody', async () => {
    const who = await newMember();
    const open = await home.bin({ name: 'Open' }, who);
    const hidden = await home.bin({ name: 'Hidden', visibility: 'private' }, who);
    await remove(who, home.admin).expect(200);
    await home.call('get', `/bins/${open.id}`, home.admin.key).expect(200);
    for (const as of [home.admin, who]) await home.call('get', `/bins/${hidden.id}`, as.key).expect(404);
    expect(await home.db.bin.count({ where: { id: hidden.id } })).toBe(1);
    await home.belong(who, home.locationId, 'MEMBER');
    await home.call('get', `/bins/${hidden.id}`, who.key).expect(200);
  });
});

describe('roles (8)', () => {
  it.each([
    ['owner'],
    ['ADMIN'],
    [''],
    [null],
    [undefined],
    [7],
  ])('looks at the role first: %j', async (role) => {
    for (const [who, as, location] of [
      [home.member, home.admin, home.locationId],
      [home.member, home.stranger, home.locationId],
      ['unknown', home.admin, home.locationId],
      [home.member, home.admin, 'unknown'],
    ] as const) {
      const { status, body } = await setRole(who, role, as, location);
      expect([status, body]).toEqual([
        422,
        { error: 'VALIDATION_ERROR', message: expect.stringMatching(/^role /) },
      ]);
    }
  });

  it('are changed by administrators alone, for members alone', async () => {
    const who = await newMember();
    for (const as of [home.member, home.viewer, home.stranger, who])
      await setRole(who, 'admin', as).expect(403);
    for (const as of [home.member, home.stranger]) await setRole('unknown', 'admin', as).expect(403);
    await setRole('unknown', 'viewer', home.admin).expect(404);
    await setRole(home.stranger, 'viewer', home.admin).expect(404);
    expect(await roleOf(who)).toBe('MEMBER');
    for (const role of ['viewer', 'admin', 'member']) {
      const { body } = await setRole(who, role, home.admin).expect(200);
      expect(body).toEqual({ message: 'Member role updated' });
      expect(await roleOf(who)).toBe(role.toUpperCase());
    }
    const same = await setRole(who, 'member', home.admin).expect(200);
    expect(same.body).toEqual({ message: 'Member role unchanged' });
  });

  it('keep an administrator: the last one cannot be made another', async () => {
    const { status, body } = await setRole(home.admin, 'viewer', home.admin);
    expect([status, body]).toEqual([
      422,
      { error: 'VALIDATION_ERROR', message: 'A location needs an administrator.' },
    ]);
    const second = await newMember('ADMIN');
    await setRole(home.admin, 'member', home.admin).expect(200);
    await setRole(home.admin, 'admin', second).expect(200);
    await remove(second, second).expect(200);
  });
});

describe('the log of it (8)', () => {
  it('names who it happened to by the address', async () => {
    const owner = await home.person();
    const { id, invite_code: inviteCode } = await home.location(owner);
    const [comes, goes] = [await home.person(), await newMember('VIEWER', id)];
    const { email } = goes.account;
    await home.call('post', '/locations/join', comes.key).send({ inviteCode }).expect(201);
    await setRole(comes, 'viewer', owner, id).expect(200);
    await setRole(comes, 'viewer', owner, id).expect(200);
    await home.call('post', at(comes, '/reset-password', id), owner.key).expect(200);
    await home.call('delete', at(comes, '', id), comes.key).expect(200);
    await home.call('delete', at(goes, '', id), owner.key).expect(200);
    await home.call('post', `/locations/${id}/regenerate-invite`, owner.key).expect(200);
    // What is refused is no event.
    await home.call('delete', at(owner, '', id), owner.key).expect(422);
    await home.call('post', '/locations/join', owner.key).send({ inviteCode: 'x' }).expect(404);

    const { results } = await home.log(id, owner);
    const role = { role: { old: 'member', new: 'viewer' } };
    const [by, name] = [comes.account, comes.account.email];
    expect(
      results.map((row) => [
        row.user_id,
        row.entity_type,
        row.action,
        row.entity_id,
        row.entity_name,
        row.changes,
      ]),
    ).toEqual([
      [owner.account.id, 'location', 'regenerate_invite', id, 'Home', null],
      [owner.account.id, 'member', 'remove_member', goes.account.id, email, null],
      [by.id, 'member', 'leave', by.id, name, null],
      [owner.account.id, 'member', 'reset_password', by.id, name, null],
      [owner.account.id, 'member', 'change_role', by.id, name, role],
      [by.id, 'member', 'join', by.id, name, null],
      [owner.account.id, 'location', 'create', id, 'Home', null],
    ]);
  });
});
