import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Openbin, type Person, startOpenbin } from './support.ts';

let app: Openbin;
let admin: Person;
let url: string;
let locationId: string;
beforeAll(async () => {
  app = await startOpenbin();
  admin = await app.person();
});
afterAll(() => app.stop());

async function fresh() {
  ({ id: locationId } = await app.location(admin));
  url = `/locations/${locationId}/areas`;
}
const make = (name: unknown, parent_id?: string) =>
  app.call('post', url, admin.key).send({ name, parent_id });
const list = async () => (await app.call('get', url, admin.key).expect(200)).body;

let codes = 0;
const bin = (areaId: string | null, extra: object = {}) =>
  app.db.bin.create({
    data: { locationId, areaId, name: 'Bin', nameKey: 'bin', shortCode: `B${++codes}`, ...extra },
  });

describe('areas (9)', () => {
  it('makes a tree and counts the bins in it, without the trash and other people’s private ones', async () => {
    await fresh();
    const { body: cellar } = await make(' Cellar ').expect(201);
    expect(cellar).toEqual({
      id: expect.any(String),
      location_id: locationId,
      name: 'Cellar',
      parent_id: null,
      created_by: admin.account.id,
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
    });
    const { body: shelf } = await make('shelf', cellar.id).expect(201);
    const stranger = await app.person();
    await bin(cellar.id);
    await bin(shelf.id);
    await bin(shelf.id, { deletedAt: new Date() });
    await bin(shelf.id, { visibility: 'PRIVATE', createdById: stranger.account.id });
    await bin(shelf.id, { visibility: 'PRIVATE', createdById: admin.account.id });
    await bin(null);
    const { results, ...rest } = await list();
    expect(rest).toEqual({ count: 2, unassigned_count: 1 });
    expect(results).toEqual([
      { ...cellar, bin_count: 1, descendant_bin_count: 3 },
      { ...shelf, bin_count: 2, descendant_bin_count: 2 },
    ]);
    const gone = await app.call('delete', `${url}/${cellar.id}`, admin.key).expect(200);
    expect(gone.body).toEqual({
      message: expect.any(String),
      descendant_area_count: 1,
      descendant_bin_count: 3,
    });
    expect(await list()).toEqual({ results: [], count: 0, unassigned_count: 4 });
    await app.call('delete', `${url}/${cellar.id}`, admin.key).expect(404);
  });

  it('refuses a name that a sibling has, at the root too, and lets others have it', async () => {
    await fresh();
    const { body: a } = await make('A').expect(201);
    await make('A').expect(409);
    await make('a').expect(201);
    await make('A', a.id).expect(201);
    await make('A', a.id).expect(409);
    const { body: b } = await make('B').expect(201);
    const renamed = await app.call('put', `${url}/${b.id}`, admin.key).send({ name: 'A' });
    expect([renamed.status, renamed.body.error]).toEqual([409, 'CONFLICT']);
    await app.call('put', `${url}/${b.id}`, admin.key).send({ name: 'B', parent_id: a.id }).expect(200);
    await app.call('put', `${url}/unknown`, admin.key).send({ name: 'C' }).expect(404);
  });

  it('gives one of many who make the same root area at once the name', async () => {
    await fresh();
    const answers = await Promise.all(Array.from({ length: 5 }, () => make('Same')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it.each([
    [''],
    ['  '],
    ['x'.repeat(256)],
    [7],
    [null],
    [undefined],
  ])('refuses the name %j', async (name) => {
    await fresh();
    const { status, body } = await make(name);
    expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
    expect(body.message).toContain('name');
  });

  it('goes ten levels deep and takes no parent from elsewhere', async () => {
    await fresh();
    let parent: string | undefined;
    for (let level = 1; level <= 10; level++) parent = (await make('Level', parent).expect(201)).body.id;
    await make('Level', parent).expect(422);
    await fresh();
    const { status, body } = await make('Stray', parent);
    expect(status).toBe(422);
    expect(body.message).toContain('parent_id');
  });

  it('costs the same number of statements for one area and for many', async () => {
    await fresh();
    const read = async () => void (await list());
    const empty = (await app.statements(read)).length;
    for (let more = 0; more < 5; more++) await bin((await make(`Area ${more}`)).body.id);
    expect((await app.statements(read)).length).toBe(empty);
  });
});

describe('custom fields (11)', () => {
  const fields = () => `/locations/${locationId}/custom-fields`;
  const add = (name: unknown) => app.call('post', fields(), admin.key).send({ name });

  it('appends, renames, moves, orders and deletes', async () => {
    await fresh();
    const ids: string[] = [];
    for (const name of ['One', 'Two', 'Three']) ids.push((await add(name).expect(201)).body.id);
    const names = async () =>
      (await app.call('get', fields(), admin.key)).body.results.map((row: { name: string }) => row.name);
    expect(await names()).toEqual(['One', 'Two', 'Three']);
    await app
      .call('put', `${fields()}/reorder`, admin.key)
      .send({ fieldIds: [ids[2], 'unknown', ids[0]] })
      .expect(200, { success: true });
    await app
      .call('put', `${fields()}/${ids[1]}`, admin.key)
      .send({ position: 9, name: ' Last ' })
      .expect(200);
    expect(await names()).toEqual(['Three', 'One', 'Last']);
    await app.call('delete', `${fields()}/${ids[0]}`, admin.key).expect(204);
    await app.call('delete', `${fields()}/${ids[0]}`, admin.key).expect(404);
    expect(await names()).toEqual(['Three', 'Last']);
  });

  it('refuses what does not fit', async () => {
    await fresh();
    const { body } = await add('Taken').expect(201);
    const other = (await add('Other')).body.id;
    await add('Taken').expect(409);
    await app.call('put', `${fields()}/${other}`, admin.key).send({ name: 'Taken' }).expect(409);
    for (const name of ['', ' ', 'x'.repeat(101), 5, undefined]) await add(name).expect(422);
    for (const position of [-1, '1', 0.5])
      await app.call('put', `${fields()}/${body.id}`, admin.key).send({ position }).expect(422);
    await app.call('put', `${fields()}/unknown`, admin.key).send({ name: 'X' }).expect(404);
    for (const field_ids of [[], 'x', undefined])
      await app.call('put', `${fields()}/reorder`, admin.key).send({ field_ids }).expect(422);
  });
});

describe('activity (17)', () => {
  it('tells who did what with what, newest first, page by page', async () => {
    const someone = await app.person({ name: 'Grace' });
    const { id } = await app.location(someone);
    const { body: area } = await app
      .call('post', `/locations/${id}/areas`, someone.key)
      .send({ name: 'Old' });
    await app.call('put', `/locations/${id}/areas/${area.id}`, someone.key).send({ name: 'Old' });
    await app.call('put', `/locations/${id}/areas/${area.id}`, someone.key).send({ name: 'New' });
    await app.call('put', `/locations/${id}`, someone.key).send({ name: 'House', term_bin: '' });
    await app.call('delete', `/locations/${id}/areas/${area.id}`, someone.key);
    const { results, count } = await app.log(id, someone);
    expect(results.map((row) => [row.entity_type, row.action, row.entity_name, row.changes])).toEqual([
      ['area', 'delete', 'New', null],
      ['location', 'update', 'House', { name: { old: 'Home', new: 'House' } }],
      ['area', 'update', 'New', { name: { old: 'Old', new: 'New' } }],
      ['area', 'create', 'Old', null],
      ['location', 'create', 'Home', null],
    ]);
    expect(count).toBe(5);
    const key = await app.db.apiKey.findFirstOrThrow({ where: { accountId: someone.account.id } });
    expect(results[0]).toMatchObject({
      location_id: id,
      user_id: someone.account.id,
      user_name: someone.account.email,
      display_name: 'Grace',
      entity_id: area.id,
      auth_method: 'api_key',
      api_key_id: key.id,
      api_key_name: 'test',
    });
    const page = await app.log(id, someone, '?limit=2&offset=1');
    expect(page).toEqual({ results: results.slice(1, 3), count: 5 });
    expect((await app.log(id, someone, '?entity_type=location')).count).toBe(2);
    expect((await app.log(id, someone, `?entity_id=${area.id}&user_id=${someone.account.id}`)).count).toBe(3);
    expect((await app.log(id, someone, '?user_id=nobody')).count).toBe(0);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    expect((await app.log(id, someone, `?to=${tomorrow}`)).count).toBe(5);
    expect((await app.log(id, someone, `?from=${tomorrow}`)).count).toBe(0);
    for (const odd of ['?limit=0', '?limit=1000', '?limit=x', '?offset=-1']) await app.log(id, someone, odd);
    expect((await app.log(id, someone, '?limit=0')).results).toHaveLength(1);
    await app.call('get', `/locations/${id}/activity?from=yesterday`, someone.key).expect(422);
  });

  it('says jwt for a session and forgets what is older than the location keeps', async () => {
    const someone = await app.person();
    const { id } = await app.location(someone);
    await app.services.background.drain();
    await app.db.activity.updateMany({
      where: { locationId: id },
      data: { createdAt: new Date(Date.now() - 8 * 86_400_000) },
    });
    const session = await app.makeSession(someone.account);
    await app.call('put', `/locations/${id}`, session).send({ activity_retention_days: 7 }).expect(200);
    const { results } = await app.log(id, someone);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ auth_method: 'jwt', api_key_id: null, api_key_name: null });
  });
});
