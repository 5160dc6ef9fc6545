import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { password } from '../support/app.ts';
import { useHousehold } from './household.ts';
import type { Person } from './support.ts';

// OpenBin 17: the list of what was done, and its rows.
const home = useHousehold({ DELETION_GRACE_PERIOD_DAYS: '0' });

const dayMs = 24 * 3600_000;
const unknown = '01900000-0000-7000-8000-000000000000';

/** A location with nothing in its log. */
async function emptyLog(of: Person = home.admin): Promise<string> {
  const { id } = await home.location(of);
  await home.services.background.drain();
  await home.db.activity.deleteMany({ where: { locationId: id } });
  return id;
}

/** Rows of a log, as if so many things had been done there, one a second, the last one at this moment. */
async function fill(locationId: string, count: number, endMs = Date.now()): Promise<void> {
  await home.db.activity.createMany({
    data: Array.from({ length: count }, (_, at) => ({
      id: newId(),
      locationId,
      userName: 'somebody@example.com',
      action: 'create',
      entityType: 'bin',
      entityName: `Bin ${at}`,
      createdAt: new Date(endMs - (count - 1 - at) * 1000),
    })),
  });
}

describe('a row of the log', () => {
  it('has these fields and no others', async () => {
    const { admin, member, locationId } = home;
    const bin = await home.bin({ name: 'Whole' }, member);
    await home.call('put', `/bins/${bin.id}`, member.key).send({ icon: 'Box' }).expect(200);
    const { results } = await home.log(locationId, admin, `?entity_id=${bin.id}`);
    const { id: keyId } = await home.db.apiKey.findFirstOrThrow({ where: { accountId: member.account.id } });
    const update = {
      id: expect.any(String),
      location_id: locationId,
      user_id: member.account.id,
      user_name: member.account.email,
      display_name: 'Mia',
      action: 'update',
      entity_type: 'bin',
      entity_id: bin.id,
      entity_name: 'Whole',
      changes: { icon: { old: '', new: 'Box' } },
      auth_method: 'api_key',
      api_key_id: keyId,
      api_key_name: 'test',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
    };
    expect(results).toEqual([update, { ...update, action: 'create', changes: null }]);
  });

  it('keeps the address of the time until the account is deleted, and says what the person is called now', async () => {
    const { admin, locationId } = home;
    const who = await home.person({ name: 'Before' });
    await home.belong(who, locationId, 'MEMBER');
    const session = await home.makeSession(who.account);
    const { body: bin } = await home
      .call('post', '/bins', session)
      .send({ locationId, name: 'Theirs' })
      .expect(201);
    await home.services.background.drain();
    const change = { displayName: 'After', email: 'after@example.com' };
    await home.call('put', '/auth/profile', who.session).send(change).expect(200);
    const row = async () => (await home.log(locationId, admin, `?entity_id=${bin.id}`)).results[0];
    expect(await row()).toMatchObject({
      user_id: who.account.id,
      user_name: who.account.email,
      display_name: 'After',
      auth_method: 'jwt',
      api_key_id: null,
      api_key_name: null,
    });
    await home.call('delete', '/auth/account', who.session).send({ password }).expect(200);
    expect(await row()).toMatchObject({
      user_id: null,
      user_name: 'Deleted person',
      display_name: 'Deleted person',
    });
  });
});

describe('what somebody did just before being deleted', () => {
  it('is told, by nobody, and keeps nothing of others from being told', async () => {
    const { admin, member, locationId } = home;
    const { id: otherId } = await home.location(admin, 'Other');
    await home.services.background.drain();
    const who = await home.person();
    for (const id of [locationId, otherId]) await home.belong(who, id, 'MEMBER');
    const [theirs, hidden, others, elsewhere] = await Promise.all([
      home.bin({ name: 'Theirs' }, who),
      home.bin({ name: 'Hidden', visibility: 'private' }, who),
      home.bin({ name: 'Of another' }, member),
      home.bin({ name: 'Elsewhere', locationId: otherId }, who),
    ]);
    await home.db.account.delete({ where: { id: who.account.id } });
    const row = async (id: string, of = locationId) =>
      (await home.log(of, admin, `?entity_id=${id}`)).results.map((each) => [
        each.user_id,
        each.user_name,
        each.display_name,
      ]);
    const nobody = 'Deleted person';
    expect(await row(theirs.id)).toEqual([[null, nobody, nobody]]);
    expect(await row(elsewhere.id, otherId)).toEqual([[null, nobody, nobody]]);
    expect(await row(others.id)).toEqual([[member.account.id, member.account.email, 'Mia']]);
    expect(await row(hidden.id)).toEqual([]);
  });
});

describe('the list', () => {
  it('gives 50 rows unless asked for 1 to 100, newest first, and counts all that match', async () => {
    const locationId = await emptyLog();
    await fill(locationId, 120);
    const rows = async (query: string) => {
      const { results, count } = await home.log(locationId, home.admin, query);
      expect(count).toBe(120);
      return results.map(({ entity_name: name }) => name);
    };
    const all = Array.from({ length: 120 }, (_, at) => `Bin ${119 - at}`);
    expect(await rows('')).toEqual(all.slice(0, 50));
    expect(await rows('?limit=100')).toEqual(all.slice(0, 100));
    expect(await rows('?limit=1000')).toEqual(all.slice(0, 100));
    expect(await rows('?limit=0')).toEqual(all.slice(0, 1));
    expect(await rows('?limit=x')).toEqual(all.slice(0, 50));
    expect(await rows('?limit=30&offset=100')).toEqual(all.slice(100));
    expect(await rows('?limit=2&offset=-1')).toEqual(all.slice(0, 2));
    expect(await rows('?offset=500')).toEqual([]);
  });

  it('begins with what is at `from` and ends before `to`; a day is its beginning in UTC', async () => {
    const locationId = await emptyLog();
    const [eve, midnight, noon] = [
      '2026-03-01T23:59:59.999Z',
      '2026-03-02T00:00:00.000Z',
      '2026-03-02T12:00:00.000Z',
    ];
    for (const at of [eve, midnight, noon]) await fill(locationId, 1, Date.parse(at));
    const found = async (query: string) => {
      const { results, count } = await home.log(locationId, home.admin, `?${query}`);
      expect(count).toBe(results.length);
      return results.map(({ created_at: at }) => at);
    };
    expect(await found('')).toEqual([noon, midnight, eve]);
    expect(await found('from=2026-03-02')).toEqual([noon, midnight]);
    expect(await found('to=2026-03-02')).toEqual([eve]);
    expect(await found('from=2026-03-02&to=2026-03-03')).toEqual([noon, midnight]);
    expect(await found('from=2026-03-02&to=2026-03-02')).toEqual([]);
    expect(await found(`from=${noon}`)).toEqual([noon]);
    expect(await found(`to=${noon}`)).toEqual([midnight, eve]);
    const path = `/locations/${locationId}/activity`;
    for (const query of ['from=yesterday', 'to=2026-13-01', 'to=7']) {
      const { body } = await home.call('get', `${path}?${query}`, home.admin.key).expect(422);
      expect(body).toEqual({ error: 'VALIDATION_ERROR', message: expect.stringMatching(/from|to/) });
    }
  });

  it('is narrowed by the kind of thing, the thing and the person, and by all of them together', async () => {
    const { admin, member } = home;
    const locationId = await emptyLog();
    await home.belong(member, locationId, 'MEMBER');
    const bins = [
      await home.bin({ locationId, name: 'One' }),
      await home.bin({ locationId, name: 'Two' }, member),
    ];
    await home
      .call('post', `/locations/${locationId}/shopping-list`, member.key)
      .send({ name: 'Tea' })
      .expect(201);
    const found = async (query: string) => {
      const { results, count } = await home.log(locationId, admin, `?${query}`);
      expect(count).toBe(results.length);
      return results.map(({ entity_name: name }) => name);
    };
    expect(await found('entity_type=bin')).toEqual(['Two', 'One']);
    expect(await found('entity_type=shopping_list')).toEqual(['Tea']);
    expect(await found('entity_type=unknown')).toEqual([]);
    expect(await found('entity_type=bin&entity_id=&user_id=&from=&to=')).toEqual(['Two', 'One']);
    expect(await found(`entity_id=${bins[0]?.id}`)).toEqual(['One']);
    expect(await found(`entity_id=${unknown}`)).toEqual([]);
    expect(await found(`user_id=${member.account.id}`)).toEqual(['Tea', 'Two']);
    expect(await found(`user_id=${member.account.id}&entity_type=bin`)).toEqual(['Two']);
    expect(await found(`user_id=${member.account.id}&entity_id=${bins[0]?.id}`)).toEqual([]);
  });

  it('is read by everybody in the location, viewers too, and by nobody else', async () => {
    const { admin, member, viewer, stranger, locationId } = home;
    const path = `/locations/${locationId}/activity`;
    const { body } = await home.call('get', path, admin.key).expect(200);
    for (const who of [member, viewer])
      expect((await home.call('get', path, who.key).expect(200)).body).toEqual(body);
    const { body: refused } = await home.call('get', path, stranger.key).expect(403);
    expect(refused.error).toBe('FORBIDDEN');
    await home.call('get', `/locations/${unknown}/activity`, admin.key).expect(403);
    await home.call('get', path).expect(401);
  });

  it('keeps the order in which things were done, also within one moment (28)', async () => {
    const locationId = await emptyLog();
    const names = Array.from({ length: 50 }, (_, at) => `Bin ${at}`);
    const operations = names.map((name) => ({ type: 'create_bin', name }));
    await home.call('post', '/batch', home.admin.key).send({ locationId, operations }).expect(200);
    const { results } = await home.log(locationId, home.admin, '?limit=100');
    expect(results.map(({ entity_name: name }) => name)).toEqual([...names].reverse());
    const pages = await Promise.all(
      [0, 20, 40].map((offset) => home.log(locationId, home.admin, `?limit=20&offset=${offset}`)),
    );
    expect(pages.flatMap((page) => page.results)).toEqual(results);
  });
});

describe('how long the log is kept', () => {
  it('is 90 days unless the location says otherwise; each write forgets what is older, in its location alone', async () => {
    const [written, other] = [await emptyLog(), await emptyLog()];
    const agesOf = async (id: string) =>
      (await home.log(id, home.admin)).results.map(({ created_at: at }) =>
        Math.round((Date.now() - Date.parse(String(at))) / dayMs),
      );
    for (const id of [written, other])
      for (const age of [89, 91]) await fill(id, 1, Date.now() - age * dayMs);
    await home.bin({ locationId: written });
    expect([await agesOf(written), await agesOf(other)]).toEqual([
      [0, 89],
      [89, 91],
    ]);
    for (const age of [6, 8]) await fill(written, 1, Date.now() - age * dayMs);
    const path = `/locations/${written}`;
    await home.call('put', path, home.admin.key).send({ activity_retention_days: 7 }).expect(200);
    expect(await agesOf(written)).toEqual([0, 0, 6]);
  });
});
