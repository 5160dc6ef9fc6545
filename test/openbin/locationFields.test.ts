import { describe, expect, it } from 'vitest';
import { useHousehold } from './household.ts';
import type { Person } from './support.ts';

// The rows of locations field by field (8); roles and joining are in locations.test.ts.
const home = useHousehold();

const aTime = expect.stringMatching(/^\d{4}-.*Z$/);
const make = (name: unknown) => home.call('post', '/locations', home.stranger.key).send({ name });
const change = (id: string, body: object, as: Person = home.stranger) =>
  home.call('put', `/locations/${id}`, as.key).send(body);

describe('the name of a new location (8)', () => {
  it.each([[''], ['  '], [null], [undefined], [7], [['x']], ['x'.repeat(256)]])('is not %j', async (name) => {
    const { status, body } = await make(name);
    expect([status, body]).toEqual([
      422,
      { error: 'VALIDATION_ERROR', message: expect.stringMatching(/^name /) },
    ]);
  });

  it('has up to 255 characters, trimmed', async () => {
    const { body } = await make(` ${'x'.repeat(255)}\t`).expect(201);
    expect(body.name).toBe('x'.repeat(255));
  });
});

describe('the change of a location (8)', () => {
  it('answers the whole row, without role and counts', async () => {
    const { body: made } = await make('Before').expect(201);
    const { role: _role, member_count: _m, viewer_count: _v, area_count: _a, ...row } = made;
    const { body } = await change(made.id, { name: ' After ', unknown: 1 }).expect(200);
    expect(body).toEqual({ ...row, name: 'After', updated_at: aTime });
    expect(body.updated_at >= made.updated_at).toBe(true);
  });

  it.each([
    [{ activity_retention_days: 7 }],
    [{ activity_retention_days: 365 }],
    [{ trash_retention_days: 7 }],
    [{ trash_retention_days: 365 }],
    [{ name: 'x'.repeat(255) }],
    [{ app_name: 'Our things' }],
    [{ term_bin: 'x'.repeat(30) }],
    [{ term_location: 'house|houses', term_area: 'room|rooms' }],
    [{ term_bin: '' }],
    [{ default_join_role: 'viewer' }],
    [{ default_join_role: 'member', name: 'Two fields' }],
  ])('takes %j, and nothing else is another', async (input) => {
    const { body: made } = await make('Home').expect(201);
    await change(made.id, { app_name: null, ...input }).expect(200);
    const { results } = (await home.call('get', '/locations', home.stranger.key).expect(200)).body;
    const found = results.find(({ id }: { id: string }) => id === made.id);
    expect(found).toEqual({ ...made, ...input, bin_count: 0, updated_at: aTime });
  });

  it.each([
    [{}],
    [{ name: null }],
    [{ id: 'x', invite_code: 'x', created_by: 'x' }],
    [{ termBin: 'box' }],
    [{ term_area: 'x'.repeat(31) }],
    [{ term_location: 7 }],
    [{ activity_retention_days: 366 }],
    [{ trash_retention_days: 6 }],
    [{ name: 'Good', app_name: '  ' }],
    [{ default_join_role: 'owner' }],
  ])('refuses %j and changes nothing', async (input) => {
    const { body: made } = await make('Home').expect(201);
    const { status, body } = await change(made.id, input);
    expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
    const row = await home.db.location.findUniqueOrThrow({ where: { id: made.id } });
    expect([row.name, row.appName, row.updatedAt.toISOString()]).toEqual([
      'Home',
      'OpenBin',
      made.updated_at,
    ]);
  });
});

describe('who may change a location (8)', () => {
  it('is asked before what the change is, and whether there is such a location is told to nobody', async () => {
    for (const who of [home.member, home.viewer, home.stranger]) {
      for (const input of [{}, { name: '' }, { unknown: 1 }, { trash_retention_days: 1 }, { name: 'Mine' }]) {
        const answers = [await change(home.locationId, input, who), await change('unknown', input, who)];
        for (const { status, body } of answers)
          expect([status, body]).toEqual([403, { error: 'FORBIDDEN', message: 'You may not do this.' }]);
      }
    }
    const { name } = await home.db.location.findUniqueOrThrow({ where: { id: home.locationId } });
    expect(name).toBe('Home');
  });
});

describe('what others see of a location (8)', () => {
  it('is the row without the code, and to who joins an empty one', async () => {
    const { body: made } = await make('Shared').expect(201);
    await change(made.id, { default_join_role: 'viewer' }).expect(200);
    const who = await home.person();
    const joined = await home.call('post', '/locations/join', who.key).send({ inviteCode: made.invite_code });
    const { default_join_role: _role, ...row } = made;
    expect([joined.status, joined.body]).toEqual([
      201,
      { ...row, invite_code: '', role: 'viewer', member_count: 1, viewer_count: 1, updated_at: aTime },
    ]);
    const { invite_code: _code, ...seen } = made;
    const { body } = await home.call('get', '/locations', who.key).expect(200);
    const inList = { role: 'viewer', viewer_count: 1, bin_count: 0, default_join_role: 'viewer' };
    expect(body).toEqual({ results: [{ ...seen, ...inList, updated_at: aTime }], count: 1 });
  });

  it.each([
    [{}],
    [{ inviteCode: '' }],
    [{ inviteCode: ' ' }],
    [{ inviteCode: 7 }],
    [{ invite_code: 'x' }],
  ])('joining takes no %j', async (input) => {
    const { status, body } = await home.call('post', '/locations/join', home.stranger.key).send(input);
    expect([status, body]).toEqual([422, { error: 'VALIDATION_ERROR', message: 'inviteCode is required' }]);
  });

  it('a code is looked up letter by letter', async () => {
    const { body: made } = await make('Exact').expect(201);
    const { key } = await home.person();
    const join = (inviteCode: string) => home.call('post', '/locations/join', key).send({ inviteCode });
    for (const code of [made.invite_code.toUpperCase(), made.invite_code.slice(1), `${made.invite_code}0`])
      if (code !== made.invite_code) await join(code).expect(404);
    await join(`\n${made.invite_code} `).expect(201);
  });
});

describe('stats (8)', () => {
  it('count what one may see and what is not in the trash', async () => {
    const { admin, viewer, locationId } = home;
    const { body: area } = await home
      .call('post', `/locations/${locationId}/areas`, admin.key)
      .send({ name: 'Attic' })
      .expect(201);
    await home.bin({ items: ['Saw', 'Drill'] });
    await home.bin({ tags: ['x'] });
    await home.bin({ areaId: area.id });
    await home.bin();
    await home.bin({ visibility: 'private', items: ['Secret'] });
    await home.trash((await home.bin({ items: ['Gone'] })).id);
    const stats = async (who: Person) =>
      (await home.call('get', `/locations/${locationId}/stats`, who.key).expect(200)).body;
    expect(await stats(viewer)).toEqual({
      total_bins: 4,
      total_items: 2,
      total_areas: 1,
      needs_organizing: 1,
    });
    expect(await stats(admin)).toEqual({
      total_bins: 5,
      total_items: 3,
      total_areas: 1,
      needs_organizing: 1,
    });
  });
});

describe('the deletion of a location (8, 26)', () => {
  it('takes everything with it, its log too', async () => {
    const { body: made } = await make('Doomed').expect(201);
    const { stranger } = home;
    await home.belong(home.viewer, made.id, 'VIEWER');
    const send = (path: string, body: object) => home.call('post', path, stranger.key).send(body).expect(201);
    const within = `/locations/${made.id}`;
    await send(`${within}/areas`, { name: 'Attic' });
    await send(`${within}/custom-fields`, { name: 'Price' });
    await send(`${within}/shopping-list`, { name: 'Glue' });
    const { body: bin } = await send('/bins', { locationId: made.id, name: 'Tools', items: ['Saw'] });
    await send(`/bins/${bin.id}/items/${bin.items[0].id}/checkout`, {});
    await send('/scan-history', { binId: bin.id });
    await home
      .call('put', '/auth/active-location', home.viewer.key)
      .send({ locationId: made.id })
      .expect(200);

    const answer = await home.call('delete', within, stranger.key);
    expect([answer.status, answer.body]).toEqual([200, { message: 'Location deleted' }]);
    await home.services.background.drain();
    for (const path of [`${within}/areas`, `${within}/members`, `${within}/activity`])
      await home.call('get', path, stranger.key).expect(403);
    await home.call('get', `/bins/${bin.id}`, stranger.key).expect(404);
    await home.call('delete', within, stranger.key).expect(403);
    expect((await home.call('get', '/auth/me', home.viewer.key)).body.activeLocationId).toBeNull();
    const { db } = home;
    const where = { locationId: made.id };
    expect([
      await db.membership.count({ where }),
      await db.area.count({ where }),
      await db.bin.count({ where }),
      await db.customField.count({ where }),
      await db.activity.count({ where }),
      await db.binItem.count({ where: { binId: bin.id } }),
      await db.binScan.count({ where: { binId: bin.id } }),
    ]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
