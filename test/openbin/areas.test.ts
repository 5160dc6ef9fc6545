import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { type Person, useOpenbin } from './support.ts';

const app = useOpenbin();
let admin: Person;
let url: string;
let locationId: string;
beforeAll(async () => {
  admin = await app.person();
});

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
    data: {
      id: newId(),
      locationId,
      areaId,
      name: 'Bin',
      nameKey: 'bin',
      shortCode: `B${++codes}`,
      ...extra,
    },
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

  it.each([[7], [true], [['x']], [{}], ['unknown']])('takes no parent that is none: %j', async (parent) => {
    await fresh();
    const answer = await app.call('post', url, admin.key).send({ name: 'Stray', parent_id: parent });
    expect([answer.status, answer.body]).toEqual([
      422,
      { error: 'VALIDATION_ERROR', message: 'parent_id is not an area of this location' },
    ]);
    expect(await list()).toMatchObject({ count: 0 });
  });

  it('looks at the role before it looks at anything else', async () => {
    await fresh();
    const { body: area } = await make('Attic').expect(201);
    const [viewer, member, stranger] = [await app.person(), await app.person(), await app.person()];
    await app.belong(viewer, locationId, 'VIEWER');
    await app.belong(member, locationId, 'MEMBER');
    for (const { key } of [viewer, member, stranger]) {
      for (const input of [{}, { name: '' }, { name: 'x', parent_id: 7 }, { name: 'Attic' }]) {
        const answers = [
          await app.call('post', url, key).send(input),
          await app.call('put', `${url}/${area.id}`, key).send(input),
          await app.call('put', `${url}/unknown`, key).send(input),
          await app.call('delete', `${url}/unknown`, key),
        ];
        for (const { status, body } of answers) expect([status, body.error]).toEqual([403, 'FORBIDDEN']);
      }
    }
  });

  it('lists them flat, by name without regard to case', async () => {
    await fresh();
    const ids: Record<string, string> = {};
    for (const [name, parent] of [['zoo'], ['Attic'], ['boat', 'zoo'], ['Car', 'boat']] as const)
      ids[name] = (await make(name, parent && ids[parent]).expect(201)).body.id;
    const { results } = await list();
    expect(results.map((row: { name: string; parent_id: string }) => [row.name, row.parent_id])).toEqual([
      ['Attic', null],
      ['boat', ids.zoo],
      ['Car', ids.boat],
      ['zoo', null],
    ]);
  });

  it('renames and does nothing else: what it answers is the row, and no area gets another parent', async () => {
    await fresh();
    const { body: a } = await make('A').expect(201);
    const { body: b } = await make('B', a.id).expect(201);
    const { body: c } = await make('C', a.id).expect(201);
    const rename = (id: string, input: object) => app.call('put', `${url}/${id}`, admin.key).send(input);
    const { body } = await rename(b.id, { name: ' New ', parent_id: null }).expect(200);
    expect(body).toEqual({ ...b, name: 'New', updated_at: expect.stringMatching(/Z$/) });
    for (const name of ['', '  ', 'x'.repeat(256), 7, null, undefined]) {
      const refused = await rename(b.id, { name });
      expect([refused.status, refused.body.message]).toEqual([422, expect.stringMatching(/^name /)]);
    }
    const taken = await rename(b.id, { name: 'C' });
    expect([taken.status, taken.body.error]).toEqual([409, 'CONFLICT']);
    await rename(b.id, { name: 'A' }).expect(200);
    await rename(c.id, { name: 'x'.repeat(255) }).expect(200);
  });

  it('lets nobody reach into another location', async () => {
    await fresh();
    const { body: foreign } = await make('Foreign').expect(201);
    await fresh();
    await app.call('put', `${url}/${foreign.id}`, admin.key).send({ name: 'Mine' }).expect(404);
    await app.call('delete', `${url}/${foreign.id}`, admin.key).expect(404);
    expect((await app.db.area.findUniqueOrThrow({ where: { id: foreign.id } })).name).toBe('Foreign');
  });

  it('deletes what is below, and the bins of it all come to have no area', async () => {
    await fresh();
    const { body: a } = await make('A').expect(201);
    const { body: b } = await make('B', a.id).expect(201);
    const { body: c } = await make('C', b.id).expect(201);
    const { body: other } = await make('D').expect(201);
    const inside = [await bin(a.id), await bin(c.id), await bin(c.id, { deletedAt: new Date() })];
    const outside = await bin(other.id);
    const { body } = await app.call('delete', `${url}/${a.id}`, admin.key).expect(200);
    expect(body).toEqual({ message: 'Area deleted', descendant_area_count: 2, descendant_bin_count: 2 });
    expect(await list()).toMatchObject({ results: [{ id: other.id, bin_count: 1 }], unassigned_count: 2 });
    const areaOf = async ({ id }: { id: string }) =>
      (await app.db.bin.findUniqueOrThrow({ where: { id } })).areaId;
    for (const one of inside) expect(await areaOf(one)).toBeNull();
    expect(await areaOf(outside)).toBe(other.id);
    const { results } = await app.log(locationId, admin, '?entity_type=area');
    expect(results.filter(({ action }) => action === 'delete')).toMatchObject([
      { entity_id: a.id, entity_name: 'A', changes: null },
    ]);
  });

  it('costs the same number of statements for one area and for many', async () => {
    await fresh();
    const read = async () => void (await list());
    const empty = (await app.statements(read)).length;
    for (let more = 0; more < 5; more++) await bin((await make(`Area ${more}`)).body.id);
    expect((await app.statements(read)).length).toBe(empty);
  });
});
