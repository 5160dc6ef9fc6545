import { beforeAll, describe, expect, it } from 'vitest';
import { Prisma } from '../../src/generated/sqlite/client.ts';
import { type Person, useOpenbin } from './support.ts';

const app = useOpenbin();
let admin: Person;
let member: Person;
let viewer: Person;
let stranger: Person;
let locationId: string;
beforeAll(async () => {
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
    });
    expect(body.custom_fields).toEqual({});
  });

  it('names nobody as its maker when the account is gone', async () => {
    const { body: made } = await make();
    await app.db.bin.update({ where: { id: made.id }, data: { createdById: null } });
    expect((await get(made.id).expect(200)).body).toEqual({
      ...made,
      created_by: null,
      created_by_name: '',
      is_pinned: 0,
      updated_at: expect.any(String),
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
    await make({ areaId: 'unknown', customFields: { unknown: 'x' } }, stranger).expect(403);
    await make({ locationId: 'unknown' }).expect(403);
    for (const wrong of ['', null, 5]) {
      const { body } = await make({ locationId: wrong, name: '' }, stranger).expect(422);
      expect(body.message).toContain('locationId');
    }
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
    ['Clothes winter', 'CWL'],
    ['Red Box', 'RBD'],
    ['crème brûlée', 'CBR'],
    ['One two three four', 'OTT'],
    ['Idea', 'IDE'],
    ['Io Ea', 'IEO'],
    ['Q Z', 'QZQ'],
    ['x-1', 'XXX'],
    ['3 Red Boxes 42', 'RBX'],
    ['the a an my of for and or in on at to is it by with Tools', 'TLS'],
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

describe('a code that is free (10.3)', () => {
  it('is found when all that begin like the name are used, in the trash too', async () => {
    const owner = await app.person();
    const { id } = await app.location(owner, 'Full');
    const letters = Prisma.join([...'ABCDEFGHJKMNPQRTUVWXY'].map((letter) => Prisma.sql`(${letter})`));
    const now = new Date();
    await app.db.$executeRaw`
      WITH l("x") AS (VALUES ${letters})
      INSERT INTO "Bin" ("id", "shortCode", "locationId", "name", "nameKey", "updatedAt", "deletedAt")
      SELECT a."x" || b."x" || c."x", 'TLS' || a."x" || b."x" || c."x", ${id}, 'Tools', 'tools', ${now}, ${now}
      FROM l a CROSS JOIN l b CROSS JOIN l c`;
    const used = await app.db.bin.count({ where: { locationId: id } });
    expect(used).toBe(21 ** 3);
    const { body } = await make({ locationId: id }, owner).expect(201);
    expect(body.short_code).toMatch(/^[A-HJKMNPQRTUVWXY]{6}$/);
    expect(body.short_code).not.toMatch(/^TLS/);
  });
});

describe('looking a bin up by its code (10.7)', () => {
  const lookup = (code: string, as = admin) => app.call('get', `/bins/lookup/${code}`, as.key);
  const recode = (id: string, code: string) =>
    app.call('post', `/bins/${id}/change-code`, admin.key).send({ code }).expect(200);

  it('goes through all locations of the caller, and finds what is there before what is in the trash', async () => {
    const { id: other } = await app.location(admin, 'Other');
    const [{ body: here }, { body: there }] = [await make(), await make({ locationId: other })];
    await recode(here.id, 'SAME01');
    await recode(there.id, 'SAME01');
    expect((await lookup('same01', member).expect(200)).body.id).toBe(here.id);
    for (const [gone, left] of [
      [here, there],
      [there, here],
    ]) {
      await app.call('delete', `/bins/${gone.id}`, admin.key).expect(200);
      expect((await lookup('Same01').expect(200)).body.id).toBe(left.id);
      await app.call('post', `/bins/${gone.id}/restore`, admin.key).expect(200);
    }
    await lookup('SAME01', stranger).expect(404);
    for (const unknown of ['NOSUCH', here.id, 'SAME0', '%25']) {
      const { status, body } = await lookup(unknown);
      expect([status, body.error]).toEqual([404, 'NOT_FOUND']);
    }
  });
});

describe('changing a bin (10.7)', () => {
  it('asks who may see it, whose role it is, what is wrong, who may hide it, and what it refers to', async () => {
    const { body: others } = await make();
    const { body: own } = await make({}, member);
    const wrong = { name: ' ', color: 'red', visibility: 'private', areaId: 'unknown' };
    const hidden = { visibility: 'private', areaId: 'unknown', customFields: { unknown: 'x' } };
    for (const [id, as, input, status] of [
      ['unknown', admin, wrong, 404],
      [others.id, stranger, wrong, 404],
      [others.id, viewer, wrong, 403],
      [others.id, member, wrong, 403],
      [own.id, admin, wrong, 422],
      [own.id, admin, hidden, 403],
      [own.id, member, hidden, 422],
    ] as const) {
      expect((await change(id, input, as)).status, JSON.stringify([id === own.id, input])).toBe(status);
    }
    for (const key of [
      'name',
      'notes',
      'tags',
      'icon',
      'color',
      'cardStyle',
      'visibility',
      'areaId',
      'customFields',
    ]) {
      const value = { tags: [], customFields: {}, visibility: 'location', name: 'Tools' }[key] ?? '';
      await change(others.id, { [key]: value, items: [] }, member).expect(403);
    }
    await change(others.id, { unknown: 'x' }, member).expect(200);
    for (const [{ id }, made] of [
      [others, others],
      [own, own],
    ])
      expect((await get(id)).body).toEqual({ ...made, is_pinned: 0, updated_at: expect.any(String) });
  });

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

  it('hides who else’s private bins are in it', async () => {
    const { body: made } = await make({ visibility: 'private' }, member);
    await app.call('delete', `/bins/${made.id}`, member.key).expect(200);
    for (const path of [`/bins/${made.id}`, `/bins/lookup/${made.short_code}`]) {
      await app.call('get', path, admin.key).expect(404);
      await app.call('get', path, member.key).expect(410);
    }
  });
});
