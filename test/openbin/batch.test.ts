import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { databaseState } from '../conformance/support/databaseState.ts';
import { type BinBody, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();
let admin: Person;
let member: Person;
beforeAll(async () => {
  ({ admin, member } = home);
});

type Operation = Record<string, unknown>;
interface Result {
  readonly type: string;
  readonly success: boolean;
  readonly details: string;
  readonly bin_id?: string;
  readonly bin_name?: string;
  readonly error?: string;
}

const post = (operations: unknown, as: Person = admin, locationId: unknown = home.locationId) =>
  home.call('post', '/batch', as.key).send({ locationId, operations });
async function run(operations: Operation[], as: Person = admin) {
  const { body } = await post(operations, as).expect(200);
  return body as { results: Result[]; errors: string[] };
}
/** The result of one operation. */
async function one(operation: Operation, as: Person = admin): Promise<Result> {
  const [result] = (await run([operation], as)).results;
  return result as Result;
}
const get = async (id: string, as: Person = admin) =>
  (await home.call('get', `/bins/${id}`, as.key).expect(200)).body;
const bin = (input: object = {}, as: Person = admin) => home.bin(input, as);
const area = async (name: string): Promise<string> =>
  (await home.call('post', `/locations/${home.locationId}/areas`, admin.key).send({ name }).expect(201)).body
    .id;
const log = (id: string) => home.actions(id);

describe('what the operations do (22)', () => {
  it('create_bin makes a bin with everything, and an area where there is none', async () => {
    const attic = await area('Attic');
    const field = await home
      .call('post', `/locations/${home.locationId}/custom-fields`, admin.key)
      .send({ name: 'Weight' });
    const result = await one(
      {
        type: 'create_bin',
        bin_name: 'ignored',
        visibility: 'private',
        area_id: 'ignored',
        name: ' Box ',
        area_name: 'ATTIC',
        tags: ['a'],
        items: ['Nail', { name: 'Screw', quantity: 2.5 }, { name: 'Nut', quantity: 0 }],
        color: 'dark teal',
        icon: 'Box',
        notes: 'n',
        card_style: '{"variant":"border"}',
        custom_fields: { [field.body.id]: '1 kg' },
      },
      member,
    );
    expect(result).toEqual({
      type: 'create_bin',
      success: true,
      details: expect.stringContaining('Box'),
      bin_id: expect.any(String),
      bin_name: 'Box',
    });
    expect(await get(result.bin_id as string)).toMatchObject({
      name: 'Box',
      area_id: attic,
      tags: ['a'],
      items: [
        { name: 'Nail', quantity: null },
        { name: 'Screw', quantity: 2 },
        { name: 'Nut', quantity: null },
      ],
      color: 'dark teal',
      icon: 'Box',
      notes: 'n',
      card_style: '{"variant":"border"}',
      custom_fields: { [field.body.id]: '1 kg' },
      visibility: 'location',
      created_by: member.account.id,
    });
    expect(await log(result.bin_id as string)).toEqual([['create', null]]);
    const other = await one({ type: 'create_bin', name: 'B', area_name: ' Cellar ' }, member);
    const { area_id: made, area_name: name } = await get(other.bin_id as string);
    expect(name).toBe('Cellar');
    expect(await log(made)).toEqual([['create', null]]);
  });

  it('update_bin changes what is sent, for who made the bin and administrators', async () => {
    const { id } = await bin({ tags: ['x'], notes: 'n' }, member);
    const result = await one({
      type: 'update_bin',
      bin_id: id,
      bin_name: 'so called',
      name: 'New',
      tags: ['y', 'z'],
      area_name: 'Loft',
      color: 'red',
    });
    expect(result).toEqual({
      type: 'update_bin',
      success: true,
      details: expect.any(String),
      bin_id: id,
      bin_name: 'so called',
    });
    expect(await get(id)).toMatchObject({
      name: 'New',
      tags: ['y', 'z'],
      area_name: 'Loft',
      color: 'red',
      notes: 'n',
    });
    await one({ type: 'update_bin', bin_id: id, area_name: '', notes: '' }, member);
    expect(await get(id)).toMatchObject({ area_id: null, notes: '', name: 'New' });
    expect((await one({ type: 'update_bin', bin_id: id, visibility: 'private' })).success).toBe(false);
    expect((await one({ type: 'update_bin', bin_id: id, visibility: 'private' }, member)).success).toBe(true);
    const foreign = await bin();
    expect((await one({ type: 'update_bin', bin_id: foreign.id, name: 'x' }, member)).success).toBe(false);
    expect((await get(foreign.id)).name).toBe('Tools');
    for (const wrong of [
      { name: ' ' },
      { notes: 'x'.repeat(10_001) },
      { card_style: '[]' },
      { custom_fields: { x: 'y' } },
      { color: 'x'.repeat(51) },
    ]) {
      const { success, error } = await one({ type: 'update_bin', bin_id: foreign.id, ...wrong });
      expect([success, error], JSON.stringify(wrong)).toEqual([
        false,
        expect.stringMatching(/\w+ must|\w+ is/),
      ]);
    }
  });

  it('delete_bin and restore_bin are for administrators', async () => {
    const { id } = await bin({}, member);
    expect((await one({ type: 'delete_bin', bin_id: id }, member)).success).toBe(false);
    expect((await one({ type: 'delete_bin', bin_id: id })).success).toBe(true);
    await home.call('get', `/bins/${id}`, admin.key).expect(410);
    expect((await one({ type: 'delete_bin', bin_id: id })).error).toMatch(/not found/i);
    expect((await one({ type: 'restore_bin', bin_id: id }, member)).success).toBe(false);
    expect((await one({ type: 'restore_bin', bin_id: id })).success).toBe(true);
    expect((await one({ type: 'restore_bin', bin_id: id })).success).toBe(false);
    expect(await log(id)).toEqual([
      ['restore', null],
      ['delete', null],
      ['create', null],
    ]);
  });

  it('duplicate_bin answers the copy, which has no custom fields', async () => {
    const field = await home
      .call('post', `/locations/${home.locationId}/custom-fields`, admin.key)
      .send({ name: 'Size' });
    const original = await bin({
      name: 'Original',
      items: [{ name: 'a', quantity: 2 }],
      tags: ['t'],
      notes: 'n',
      icon: 'Box',
      customFields: { [field.body.id]: 'L' },
    });
    const { id } = original;
    const copy = await one({ type: 'duplicate_bin', bin_id: id }, member);
    expect(copy).toMatchObject({ success: true, bin_name: 'Copy of Original' });
    expect(await get(copy.bin_id as string)).toEqual({
      ...original,
      id: copy.bin_id,
      short_code: expect.stringMatching(/^COR/),
      name: 'Copy of Original',
      items: [{ id: expect.not.stringMatching(String(original.items[0]?.id)), name: 'a', quantity: 2 }],
      custom_fields: {},
      created_by: member.account.id,
      created_by_name: 'Mia',
      created_at: expect.any(String),
      updated_at: expect.any(String),
      is_pinned: 0,
    });
    const named = await one({ type: 'duplicate_bin', bin_id: id, new_name: 'Second' });
    expect((await get(named.bin_id as string)).name).toBe('Second');
    expect(await log(named.bin_id as string)).toEqual([['duplicate', null]]);
  });

  it('items are added, removed, renamed, counted and put in order', async () => {
    const { id } = await bin({ items: ['Nail', 'nail', 'Saw'] });
    const items = async () =>
      (await home.items(id)).map(({ name, quantity }) => (quantity === null ? name : `${name} ${quantity}`));
    const ok = async (operation: Operation) =>
      expect(await one({ bin_id: id, ...operation }, member)).toMatchObject({ success: true, bin_name: '' });
    await ok({ type: 'add_items', items: [{ name: 'Glue', quantity: 3 }, 'Tape', ' '] });
    expect(await items()).toEqual(['Nail', 'nail', 'Saw', 'Glue 3', 'Tape']);
    await ok({ type: 'remove_items', items: ['NAIL', 'unknown'] });
    expect(await items()).toEqual(['Saw', 'Glue 3', 'Tape']);
    await ok({ type: 'remove_items', items: ['unknown'] });
    await ok({ type: 'modify_item', old_item: 'saw', new_item: ' Handsaw ' });
    await ok({ type: 'modify_item', old_item: 'unknown', new_item: 'x' });
    await ok({ type: 'set_item_quantity', item_name: 'glue', quantity: 5.9 });
    expect(await items()).toEqual(['Handsaw', 'Glue 5', 'Tape']);
    await ok({ type: 'set_item_quantity', item_name: 'Tape', quantity: -1 });
    const ids = (await home.items(id)).map((item) => item.id).reverse();
    await ok({ type: 'reorder_items', item_ids: ids });
    expect(await items()).toEqual(['Glue 5', 'Handsaw']);
    for (const wrong of [
      { type: 'set_item_quantity', item_name: 'unknown', quantity: 1 },
      { type: 'reorder_items', item_ids: [randomUUID()] },
      { type: 'modify_item', old_item: 'Glue', new_item: ' ' },
    ]) {
      expect((await one({ bin_id: id, ...wrong })).success, wrong.type).toBe(false);
    }
    expect(await items()).toEqual(['Glue 5', 'Handsaw']);
    const told = JSON.stringify(await log(id));
    for (const key of ['items_added', 'items_removed', 'items_renamed', 'items_quantity', 'items_reordered'])
      expect(told).toContain(key);
  });

  it('tags are added, removed and changed in one bin, and told in the log', async () => {
    const { id } = await bin({ tags: ['Garden', 'x'] });
    const tags = async () => (await get(id)).tags;
    await run(
      [
        { type: 'add_tags', bin_id: id, tags: ['garden', 'x', 'y '] },
        { type: 'remove_tags', bin_id: id, tags: ['GARDEN'] },
        { type: 'modify_tag', bin_id: id, old_tag: 'X', new_tag: 'y' },
        { type: 'modify_tag', bin_id: id, old_tag: 'unknown', new_tag: 'z' },
      ],
      member,
    );
    expect(await tags()).toEqual(['y']);
    expect(await log(id)).toEqual([
      ['update', { tags: { old: ['Garden', 'x'], new: ['y'] } }],
      ['create', null],
    ]);
    const many = Array.from({ length: 50 }, (_, index) => `t${index}`);
    expect((await one({ type: 'add_tags', bin_id: id, tags: many })).success).toBe(false);
    expect((await one({ type: 'add_tags', bin_id: id, tags: ['x'.repeat(101)] })).success).toBe(false);
    expect(await tags()).toEqual(['y']);
  });

  it('set_tag_color keeps the parent, takes names of colors, and belongs to no bin', async () => {
    await home
      .call('put', '/tag-colors', admin.key)
      .send({ locationId: home.locationId, tag: 'rose', color: '#ff0000', parentTag: 'plants' })
      .expect(200);
    const result = await one({ type: 'set_tag_color', tag: 'rose', color: 'teal' }, member);
    expect(result).toEqual({
      type: 'set_tag_color',
      success: true,
      details: expect.stringContaining('rose'),
    });
    const { body } = await home.call('get', `/tag-colors?locationId=${home.locationId}`, admin.key);
    expect(body.results).toContainEqual({ tag: 'rose', color: 'teal', parent_tag: 'plants' });
  });

  it('area, notes, icon and color of a bin are set by any member', async () => {
    const shed = await area('Shed');
    const { id } = await bin();
    await run(
      [
        { type: 'set_area', bin_id: id, area_name: 'ignored', area_id: shed },
        { type: 'set_notes', bin_id: id, mode: 'set', notes: 'one' },
        { type: 'set_notes', bin_id: id, mode: 'append', notes: 'two' },
        { type: 'set_icon', bin_id: id, icon: 'Leaf' },
        { type: 'set_color', bin_id: id, color: 'forest green' },
      ],
      member,
    );
    expect(await get(id)).toMatchObject({
      area_id: shed,
      notes: 'one\ntwo',
      icon: 'Leaf',
      color: 'forest green',
    });
    await run([
      { type: 'set_area', bin_id: id, area_name: 'Brand new' },
      { type: 'set_notes', bin_id: id, mode: 'clear', notes: 'ignored' },
    ]);
    expect(await get(id)).toMatchObject({ area_name: 'Brand new', notes: '' });
    await one({ type: 'set_area', bin_id: id, area_name: ' ' });
    expect((await get(id)).area_id).toBeNull();
    expect((await one({ type: 'set_area', bin_id: id, area_name: '', area_id: randomUUID() })).success).toBe(
      false,
    );
    expect(
      (await one({ type: 'set_notes', bin_id: id, mode: 'set', notes: 'x'.repeat(10_001) })).success,
    ).toBe(false);
  });

  it('pins know no limit here, and leave no trace in the log', async () => {
    const bins: BinBody[] = [];
    for (let made = 0; made < 21; made++) bins.push(await bin());
    const { errors } = await run(bins.map(({ id }) => ({ type: 'pin_bin', bin_id: id })));
    expect(errors).toEqual([]);
    const last = bins.at(-1) as BinBody;
    expect((await get(last.id)).is_pinned).toBe(1);
    expect((await get(last.id, member)).is_pinned).toBe(0);
    await one({ type: 'unpin_bin', bin_id: last.id });
    expect((await get(last.id)).is_pinned).toBe(0);
    expect(await log(last.id)).toEqual([['create', null]]);
  });

  it('areas are renamed and deleted by administrators', async () => {
    const id = await area('Old name');
    const { id: inside } = await bin({ areaId: id });
    for (const operation of [
      { type: 'rename_area', area_id: id, new_name: 'New name' },
      { type: 'delete_area', area_id: id },
    ]) {
      expect((await one(operation, member)).success).toBe(false);
      expect((await get(inside)).area_id).toBe(id);
      expect(await one(operation)).toEqual({
        type: operation.type,
        success: true,
        details: expect.any(String),
      });
      expect((await one({ ...operation, area_id: randomUUID() })).error).toBe('Area not found');
    }
    expect((await get(inside)).area_id).toBeNull();
    expect((await log(id)).map(([action]) => action)).toEqual(['delete', 'update', 'create']);
    const taken = await area('Taken');
    await area('Other');
    expect((await one({ type: 'rename_area', area_id: taken, new_name: 'Other' })).success).toBe(false);
  });

  it('items go out and come back, to their bin or to another that is visible', async () => {
    const { id } = await bin({ items: ['Drill', 'drill', 'Ladder'] });
    const { id: other } = await bin({ name: 'Other' });
    const { id: hidden } = await bin({ visibility: 'private' });
    const out = (item: string) => one({ type: 'checkout_item', bin_id: id, item_name: item }, member);
    const back = (rest: object) => one({ type: 'return_item', bin_id: id, ...rest }, member);
    expect((await out('DRILL')).success).toBe(true);
    expect((await out('DRILL')).success).toBe(true);
    expect((await out('DRILL')).success).toBe(false);
    expect((await out('unknown')).success).toBe(false);
    expect((await back({ item_name: 'Ladder' })).success).toBe(false);
    for (const target of [hidden, randomUUID()]) {
      const { error } = await back({ item_name: 'drill', target_bin_id: target });
      expect(error).toBe('Bin not found');
    }
    expect(await back({ item_name: 'drill' })).toMatchObject({ success: true, bin_id: id });
    expect(
      await back({ item_name: 'drill', target_bin_id: other, target_bin_name: 'whatever' }),
    ).toMatchObject({ success: true, bin_id: id });
    expect((await back({ item_name: 'drill' })).success).toBe(false);
    expect((await home.items(other)).map(({ name }) => name)).toEqual(['Drill']);
    expect(JSON.stringify(await log(other))).toContain('item_received');
  });
});

describe('a batch as a whole (22)', () => {
  it('answers each operation in its place; one that fails is undone alone, with the area it made', async () => {
    const { id } = await bin();
    const unknown = randomUUID();
    const { results, errors } = await run([
      { type: 'set_icon', bin_id: id, icon: 'First' },
      { type: 'create_bin', name: 'Fails', area_name: 'Never', notes: 'x'.repeat(10_001) },
      { type: 'create_bin', name: 'Fails', area_name: 'Never', custom_fields: { unknown: 'x' } },
      { type: 'update_bin', bin_id: id, area_name: 'Never', custom_fields: { unknown: 'x' } },
      { type: 'set_icon', bin_id: unknown, icon: 'x' },
      { type: 'set_notes', bin_id: id, mode: 'set', notes: 'Last' },
    ]);
    expect(results.map(({ success }) => success)).toEqual([true, false, false, false, false, true]);
    expect(results[4]).toEqual({
      type: 'set_icon',
      success: false,
      details: 'Bin not found',
      error: 'Bin not found',
    });
    expect(errors).toHaveLength(4);
    expect(errors[3]).toBe('set_icon: Bin not found');
    expect(await get(id)).toMatchObject({ icon: 'First', notes: 'Last', area_id: null });
    const { results: rows } = await home.log(home.locationId, admin);
    expect(rows.map(({ entity_name: name }) => name)).not.toContain('Never');
    expect(await home.db.area.count({ where: { name: 'Never' } })).toBe(0);
    expect(await home.db.bin.count({ where: { name: 'Fails' } })).toBe(0);
  });

  it('takes half a surrogate pair for the character that is stored in its place', async () => {
    const { id } = await bin();
    const half = 'x\ud800';
    const { errors } = await run([
      { type: 'set_area', bin_id: id, area_name: half },
      { type: 'set_area', bin_id: id, area_name: half },
      { type: 'add_items', bin_id: id, items: [half] },
      { type: 'set_item_quantity', bin_id: id, item_name: half, quantity: 2 },
      { type: 'add_tags', bin_id: id, tags: [half, 'x\udc00', `${half}gone`] },
      { type: 'remove_tags', bin_id: id, tags: [`${half}gone`] },
      { type: 'set_tag_color', tag: half, color: 'red' },
      { type: 'set_tag_color', tag: half, color: 'blue' },
    ]);
    expect(errors).toEqual([]);
    expect(await get(id)).toMatchObject({
      area_name: 'x\ufffd',
      items: [{ name: 'x\ufffd', quantity: 2 }],
      tags: ['x\ufffd'],
    });
  });

  it('takes 50 operations and no more, and all may fail', async () => {
    const fifty = Array.from({ length: 50 }, () => ({ type: 'unpin_bin', bin_id: randomUUID() }));
    const { results, errors } = await run(fifty);
    expect([results.length, errors.length]).toEqual([50, 50]);
    const { body } = await post([...fifty, ...fifty.slice(0, 1)]).expect(422);
    expect(body.message).toMatch(/^operations/);
    await post([]).expect(422);
    await post(undefined).expect(422);
    await post({}).expect(422);
  });

  const id = randomUUID();
  it.each<[string, unknown]>([
    ['type', {}],
    ['type', { type: 'explode' }],
    ['type', { type: 'CREATE_BIN', name: 'x' }],
    ['type', null],
    ['type', 'create_bin'],
    ['name', { type: 'create_bin' }],
    ['name', { type: 'create_bin', name: '  ' }],
    ['name', { type: 'create_bin', name: 'x'.repeat(256) }],
    ['area_name', { type: 'create_bin', name: 'x', area_name: 'x'.repeat(256) }],
    ['items', { type: 'create_bin', name: 'x', items: Array.from({ length: 501 }, () => 'a') }],
    ['tags', { type: 'create_bin', name: 'x', tags: ['a', 5] }],
    ['bin_id', { type: 'update_bin' }],
    ['bin_id', { type: 'delete_bin', bin_id: 'no-uuid' }],
    ['bin_id', { type: 'pin_bin', bin_id: 5 }],
    ['visibility', { type: 'update_bin', bin_id: id, visibility: 'public' }],
    ['custom_fields', { type: 'update_bin', bin_id: id, custom_fields: { a: 5 } }],
    ['new_name', { type: 'duplicate_bin', bin_id: id, new_name: 'x'.repeat(256) }],
    ['items', { type: 'add_items', bin_id: id }],
    ['items', { type: 'remove_items', bin_id: id, items: 'a' }],
    ['new_item', { type: 'modify_item', bin_id: id, old_item: 'a' }],
    ['quantity', { type: 'set_item_quantity', bin_id: id, item_name: 'a', quantity: '3' }],
    ['item_ids', { type: 'reorder_items', bin_id: id, item_ids: ['x'] }],
    ['tags', { type: 'add_tags', bin_id: id, tags: null }],
    ['new_tag', { type: 'modify_tag', bin_id: id, old_tag: 'a' }],
    ['color', { type: 'set_tag_color', tag: 'a' }],
    ['area_name', { type: 'set_area', bin_id: id }],
    ['mode', { type: 'set_notes', bin_id: id, mode: 'prepend' }],
    ['icon', { type: 'set_icon', bin_id: id }],
    ['area_id', { type: 'rename_area', new_name: 'x' }],
    ['new_name', { type: 'rename_area', area_id: id, new_name: '' }],
    ['area_id', { type: 'delete_area', area_id: 'x' }],
    ['item_name', { type: 'checkout_item', bin_id: id }],
    ['target_bin_id', { type: 'return_item', bin_id: id, item_name: 'a', target_bin_id: 'x' }],
  ])('refuses all of it for a wrong %s at operations[3]: %j', async (field, wrong) => {
    const good = { type: 'create_bin', name: 'Never made', area_name: 'Never made' };
    const before = await databaseState(home);
    const { status, body } = await post([good, good, good, wrong, good]);
    expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
    expect(body.message).toMatch(new RegExp(`^operations\\[3\\]\\.${field} `));
    expect(await databaseState(home)).toEqual(before);
  });

  it('checks the caller, the location, the role and the shape in this order', async () => {
    const wrong = [{ type: 'explode' }];
    await home.call('post', '/batch').send({}).expect(401);
    for (const missing of [undefined, '', null, 5]) {
      const { status, body } = await home
        .call('post', '/batch', home.stranger.key)
        .send({ locationId: missing, operations: wrong });
      expect([status, body.error]).toEqual([400, 'VALIDATION_ERROR']);
      expect(body.message).toContain('locationId');
    }
    await home.call('post', '/batch', admin.key).send(undefined).expect(400);
    await post(wrong, home.stranger).expect(403);
    await post(wrong, home.viewer).expect(403);
    await post(wrong, admin, randomUUID()).expect(403);
    await post(wrong, member).expect(422);
    await post([{ type: 'create_bin', name: 'x' }], home.viewer).expect(403);
  });

  it('does not tell other people’s private bins, the trash and other locations from nothing', async () => {
    const { id: hidden } = await bin({ name: 'Secret', visibility: 'private', items: ['x'] }, member);
    const { id: thrown } = await bin();
    await home.trash(thrown);
    const elsewhere = await home.location(admin, 'Elsewhere');
    const { id: foreign } = await bin({ locationId: elsewhere.id });
    const onBins: Operation[] = [
      { type: 'update_bin', name: 'x' },
      { type: 'delete_bin' },
      { type: 'duplicate_bin' },
      { type: 'add_items', items: ['x'] },
      { type: 'remove_items', items: ['x'] },
      { type: 'modify_item', old_item: 'x', new_item: 'y' },
      { type: 'set_item_quantity', item_name: 'x', quantity: 1 },
      { type: 'reorder_items', item_ids: [] },
      { type: 'add_tags', tags: ['x'] },
      { type: 'remove_tags', tags: ['x'] },
      { type: 'modify_tag', old_tag: 'x', new_tag: 'y' },
      { type: 'set_area', area_name: 'x' },
      { type: 'set_notes', mode: 'clear' },
      { type: 'set_icon', icon: 'x' },
      { type: 'set_color', color: 'x' },
      { type: 'pin_bin' },
      { type: 'unpin_bin' },
      { type: 'checkout_item', item_name: 'x' },
      { type: 'return_item', item_name: 'x' },
    ];
    const before = await databaseState(home);
    for (const binId of [hidden, thrown, foreign, randomUUID()]) {
      const { results } = await run(onBins.map((operation) => ({ ...operation, bin_id: binId })));
      for (const { type, ...result } of results)
        expect(result, type).toEqual({ success: false, details: 'Bin not found', error: 'Bin not found' });
    }
    const { error } = await one({ type: 'restore_bin', bin_id: hidden });
    expect(error).toBe('Bin not found');
    expect(await databaseState(home)).toEqual(before);
  });

  it('loses nothing when many are run at once', async () => {
    const { id } = await bin();
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        run([
          { type: 'add_items', bin_id: id, items: [`item ${index}`] },
          { type: 'add_tags', bin_id: id, tags: [`tag ${index}`] },
          { type: 'set_area', bin_id: id, area_name: 'Once only' },
        ]),
      ),
    );
    const { items, tags } = await get(id);
    expect([items.length, tags.length]).toEqual([8, 8]);
    expect(await home.db.area.count({ where: { name: 'Once only' } })).toBe(1);
  });
});

describe('the limit (5, S6)', () => {
  const limited = useHousehold({ DISABLE_RATE_LIMIT: 'false' });

  const send = (credential: string) =>
    limited.call('post', '/batch', credential).send({ locationId: limited.locationId, operations: [] });

  it('is 60 an hour for sessions, counted exactly when they come at once', async () => {
    const session = await limited.makeSession(limited.admin.account);
    const answers = await Promise.all(Array.from({ length: 70 }, () => send(session)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const { headers } = await send(session);
    expect(headers['ratelimit-policy']).toBe('60;w=3600');
    expect(Number(headers['retry-after'])).toBeGreaterThan(3500);
    // The limit comes before the location, the role and the shape.
    await limited.call('post', '/batch', session).send({}).expect(429);
    const own = await limited.call('get', '/auth/me', session);
    expect(own.headers['ratelimit-policy']).toBe('600;w=60');
  });

  it('is not used up by strangers behind the same address', async () => {
    const { status, headers } = await limited.call('post', '/batch').send({});
    expect([status, headers['ratelimit-policy']]).toEqual([401, '600;w=60']);
  });

  it('is 600 an hour for API keys, whatever sessions have used up', async () => {
    const { status, headers } = await send(limited.admin.key);
    expect([status, headers['ratelimit-policy'], headers['ratelimit-remaining']]).toEqual([
      422,
      '600;w=3600',
      '599',
    ]);
  });
});
