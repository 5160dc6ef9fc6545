import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Openbin, type Person, startOpenbin } from './support.ts';

let app: Openbin;
let admin: Person;
let member: Person;
let viewer: Person;
let stranger: Person;
let locationId: string;
beforeAll(async () => {
  app = await startOpenbin();
  [admin, member, viewer, stranger] = [
    await app.person({ name: 'Ada' }),
    await app.person(),
    await app.person(),
    await app.person(),
  ];
  ({ id: locationId } = await app.location(admin));
  await app.belong(member, locationId, 'MEMBER');
  await app.belong(viewer, locationId, 'VIEWER');
});
afterAll(() => app.stop());

const make = (input: object = {}, as = admin) =>
  app.call('post', '/bins', as.key).send({ locationId, name: 'Tools', ...input });
const change = (id: string, input: object, as = admin) => app.call('put', `/bins/${id}`, as.key).send(input);
const get = (id: string, as = admin) => app.call('get', `/bins/${id}`, as.key);

interface Item {
  readonly id: string;
  readonly name: string;
  readonly quantity: number | null;
}

describe('a bin (10.1, 10.4)', () => {
  it('is made with everything in it and read back the same', async () => {
    const area = await app.call('post', `/locations/${locationId}/areas`, admin.key).send({ name: 'Attic' });
    const field = await app
      .call('post', `/locations/${locationId}/custom-fields`, admin.key)
      .send({ name: 'Weight' });
    const { body: made } = await make({
      name: ' The Big Red Box ',
      areaId: area.body.id,
      items: [
        'Hammer',
        { name: ' Saw\u200b ', quantity: 2.9 },
        { name: 'Nail', quantity: 0 },
        '  ',
        { name: 'Glue', quantity: 'x' },
      ],
      notes: 'Heavy',
      tags: ['Garden', ' Garden', 'metal'],
      icon: 'Wrench',
      color: '210:2',
      cardStyle: '{"variant":"stripe"}',
      customFields: { [field.body.id]: '3 kg' },
    }).expect(201);
    expect(made).toEqual({
      id: expect.any(String),
      short_code: expect.stringMatching(/^BRB[A-HJKMNPQRTUVWXY]{3}$/),
      location_id: locationId,
      name: 'The Big Red Box',
      area_id: area.body.id,
      area_name: 'Attic',
      items: [
        { id: expect.any(String), name: 'Hammer', quantity: null },
        { id: expect.any(String), name: 'Saw', quantity: 2 },
        { id: expect.any(String), name: 'Nail', quantity: 1 },
        { id: expect.any(String), name: 'Glue', quantity: null },
      ],
      notes: 'Heavy',
      tags: ['Garden', 'metal'],
      icon: 'Wrench',
      color: '210:2',
      card_style: '{"variant":"stripe"}',
      created_by: admin.account.id,
      created_by_name: 'Ada',
      visibility: 'location',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
      updated_at: expect.stringMatching(/Z$/),
      custom_fields: { [field.body.id]: '3 kg' },
    });
    const pinnable = { ...made, is_pinned: 0 };
    expect((await get(made.id, viewer).expect(200)).body).toEqual(pinnable);
    const lookup = app.call('get', `/bins/lookup/${made.short_code.toLowerCase()}`, viewer.key);
    expect((await lookup.expect(200)).body).toEqual(pinnable);
    await get(made.short_code).expect(404);
    const { results } = await app.log(locationId, admin, `?entity_id=${made.id}`);
    expect(results).toMatchObject([
      { action: 'create', entity_type: 'bin', entity_name: 'The Big Red Box', changes: null },
    ]);
  });

  it('has empty texts, no area and no items unless given', async () => {
    const { body } = await make({ items: 'ignored', areaId: '' }).expect(201);
    expect(body).toMatchObject({
      area_id: null,
      area_name: '',
      items: [],
      notes: '',
      tags: [],
      icon: '',
      color: '',
      card_style: '',
      custom_fields: {},
    });
  });

  it.each([
    ['name', { name: '  ' }],
    ['name', { name: 5 }],
    ['name', { name: 'x'.repeat(256) }],
    ['items', { items: Array.from({ length: 501 }, () => 'a') }],
    ['items', { items: ['x'.repeat(501)] }],
    ['items', { items: [1] }],
    ['items', { items: [null] }],
    ['items', { items: [{ nme: 'typo' }] }],
    ['tags', { tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }],
    ['tags', { tags: ['x'.repeat(101)] }],
    ['notes', { notes: 'x'.repeat(10_001) }],
    ['icon', { icon: 'x'.repeat(101) }],
    ['color', { color: 'red' }],
    ['color', { color: '#12345' }],
    ['color', { color: '1000:2' }],
    ['cardStyle', { cardStyle: '[]' }],
    ['cardStyle', { cardStyle: '{"variant":"odd"}' }],
    ['cardStyle', { cardStyle: 'x'.repeat(501) }],
    ['visibility', { visibility: 'public' }],
    ['areaId', { areaId: 'unknown' }],
    ['customFields', { customFields: { unknown: 'x' } }],
    ['customFields', { customFields: { a: 5 } }],
  ])('refuses a wrong %s with 422 that names it: %j', async (field, input) => {
    const before = await app.db.bin.count();
    for (const { status, body } of [await make(input), await change((await make()).body.id, input)]) {
      expect({ status, code: body.error }).toEqual({ status: 422, code: 'VALIDATION_ERROR' });
      expect(body.message).toContain(field);
    }
    expect(await app.db.bin.count()).toBe(before + 1);
  });

  it.each([
    '',
    '#a0B1c2',
    '0:0',
    '999:4',
    'neutral:3',
    'black',
    'white',
  ])('takes the color %j', async (color) => {
    expect((await make({ color }).expect(201)).body.color).toBe(color);
  });

  it('wants a location first, then fitting fields, then a member', async () => {
    await make({ locationId: undefined, name: '' }).expect(422);
    await make({ name: '' }, stranger).expect(422);
    await make({}, stranger).expect(403);
    await make({}, viewer).expect(403);
    await make({}, member).expect(201);
    await make({ areaId: 'unknown' }, stranger).expect(403);
  });
});

describe('the code on the label (10.3)', () => {
  it.each([
    ['The Big Red Box', 'BRB'],
    ['Tools', 'TLS'],
    ['Ox', 'OXX'],
    ['Éclair tray', 'ETC'],
    ['Aeiou', 'AEI'],
    ['Winter clothes', 'WCL'],
    ['Aa Ioo', 'AIO'],
    ['T-shirts', 'TSH'],
    ['my box of the tools', 'BTL'],
    ['For the', 'FTR'],
    ['42', 'BIN'],
    ['箱', 'BIN'],
  ])('of %j begins with %s', async (name, prefix) => {
    const { body } = await make({ name }).expect(201);
    expect(body.short_code).toMatch(new RegExp(`^${prefix}[A-HJKMNPQRTUVWXY]{3}$`));
  });
});

describe('changing a bin (10.7)', () => {
  it('changes what is sent and nothing else, and keeps the ids of items that stay', async () => {
    const { body: made } = await make({ items: ['A', 'B', 'C'], tags: ['x'], notes: 'n' });
    const { body } = await change(made.id, {
      name: 'Other name',
      items: [{ name: 'C', quantity: 3 }, 'D', 'A'],
    }).expect(200);
    const [a, , c] = made.items;
    expect(body).toEqual({
      ...made,
      is_pinned: 0,
      name: 'Other name',
      items: [{ ...c, quantity: 3 }, { id: expect.any(String), name: 'D', quantity: null }, a],
      updated_at: expect.any(String),
    });
    expect(body.short_code).toBe(made.short_code);
    const { results } = await app.log(locationId, admin, `?entity_id=${made.id}`);
    expect(results[0]).toMatchObject({
      action: 'update',
      entity_name: 'Other name',
      changes: {
        name: { old: 'Tools', new: 'Other name' },
        items_added: { old: null, new: ['D'] },
        items_removed: { old: ['B'], new: null },
      },
    });
    expect((await change(made.id, {}).expect(200)).body.updated_at >= body.updated_at).toBe(true);
  });

  it('replaces any number of items by the same number of statements', async () => {
    const names = Array.from({ length: 200 }, (_, at) => `Thing ${at}`);
    const replaced = async (count: number) => {
      const { body: made } = await make({ items: names.slice(0, count) });
      const items = names.slice(1, count).map((name) => ({ name, quantity: 7 }));
      const statements = await app.statements(() =>
        change(made.id, { items: [...items, 'new'] }).expect(200),
      );
      const { body } = await get(made.id);
      expect(body.items.map(({ name, quantity }: Item) => ({ name, quantity }))).toEqual([
        ...items,
        { name: 'new', quantity: null },
      ]);
      expect(body.items.slice(0, -1).map(({ id }: Item) => id)).toEqual(
        made.items.slice(1).map(({ id }: Item) => id),
      );
      return statements.length;
    };
    expect(await replaced(200)).toBe(await replaced(5));
  });

  it('lets a member replace items of any bin, and change the rest only of own bins', async () => {
    const { body: others } = await make();
    const { body: own } = await make({}, member);
    await change(others.id, { items: ['x'] }, member).expect(200);
    await change(others.id, { items: ['x'], notes: 'y' }, member).expect(403);
    await change(others.id, { notes: 'y' }, member).expect(403);
    await change(own.id, { notes: 'y' }, member).expect(200);
    await change(own.id, { notes: 'z' }, admin).expect(200);
    await change(own.id, { items: [] }, viewer).expect(403);
    await change(own.id, { items: [] }, stranger).expect(404);
  });

  it('becomes private only by its maker, and is then nobody else’s', async () => {
    const { body: own } = await make({}, member);
    await change(own.id, { visibility: 'private' }, admin).expect(403);
    await change(own.id, { visibility: 'private' }, member).expect(200);
    for (const path of [`/bins/${own.id}`, `/bins/lookup/${own.short_code}`]) {
      await app.call('get', path, admin.key).expect(404);
      await app.call('get', path, member.key).expect(200);
    }
    await change(own.id, { items: [] }, admin).expect(404);
  });

  it('loses nothing when two change different fields at once', async () => {
    const { body: made } = await make();
    await Promise.all([
      change(made.id, { notes: 'n' }),
      change(made.id, { icon: 'I' }),
      change(made.id, { tags: ['t'] }),
    ]);
    expect((await get(made.id)).body).toMatchObject({ notes: 'n', icon: 'I', tags: ['t'] });
  });
});

describe('the trash (10.7, S1)', () => {
  it('answers 410 to those who could see the bin, and 404 to others', async () => {
    const { body: made } = await make();
    await app.db.bin.update({ where: { id: made.id }, data: { deletedAt: new Date() } });
    for (const path of [`/bins/${made.id}`, `/bins/lookup/${made.short_code}`]) {
      const { status, body } = await app.call('get', path, viewer.key);
      expect([status, body.error]).toEqual([410, 'GONE']);
      await app.call('get', path, stranger.key).expect(404);
    }
    await change(made.id, { notes: 'x' }).expect(404);
  });
});
