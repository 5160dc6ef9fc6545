import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BinBody, useHousehold } from './household.ts';

// OpenBin 22, type by type: what is required, what is answered, what is logged.
const home = useHousehold();

type Operation = Readonly<Record<string, unknown>> & { readonly type: string };

const run = async (...operations: Operation[]) => {
  const { body } = await home
    .call('post', '/batch', home.admin.key)
    .send({ locationId: home.locationId, operations })
    .expect(200);
  return body as { results: Record<string, unknown>[]; errors: string[] };
};
const get = async (id: string) => (await home.call('get', `/bins/${id}`, home.admin.key).expect(200)).body;

const id = randomUUID();
const complete: readonly Operation[] = [
  { type: 'create_bin', name: 'x' },
  { type: 'update_bin', bin_id: id },
  { type: 'delete_bin', bin_id: id },
  { type: 'restore_bin', bin_id: id },
  { type: 'duplicate_bin', bin_id: id },
  { type: 'add_items', bin_id: id, items: ['x'] },
  { type: 'remove_items', bin_id: id, items: ['x'] },
  { type: 'modify_item', bin_id: id, old_item: 'x', new_item: 'y' },
  { type: 'set_item_quantity', bin_id: id, item_name: 'x', quantity: 1 },
  { type: 'reorder_items', bin_id: id, item_ids: [id] },
  { type: 'add_tags', bin_id: id, tags: ['x'] },
  { type: 'remove_tags', bin_id: id, tags: ['x'] },
  { type: 'modify_tag', bin_id: id, old_tag: 'x', new_tag: 'y' },
  { type: 'set_tag_color', tag: 'x', color: 'black' },
  { type: 'set_area', bin_id: id, area_name: 'x' },
  { type: 'set_notes', bin_id: id, mode: 'clear' },
  { type: 'set_icon', bin_id: id, icon: 'Box' },
  { type: 'set_color', bin_id: id, color: 'black' },
  { type: 'pin_bin', bin_id: id },
  { type: 'unpin_bin', bin_id: id },
  { type: 'rename_area', area_id: id, new_name: 'x' },
  { type: 'delete_area', area_id: id },
  { type: 'checkout_item', bin_id: id, item_name: 'x' },
  { type: 'return_item', bin_id: id, item_name: 'x' },
];

describe('what an operation requires', () => {
  const cases = complete.flatMap((operation) =>
    Object.keys(operation)
      .filter((field) => field !== 'type')
      .map((field) => [operation.type, field, operation] as const),
  );

  it.each(cases)('%s: %s', async (_type, field, operation) => {
    for (const wrong of [undefined, null, {}]) {
      const { status, body } = await home
        .call('post', '/batch', home.admin.key)
        .send({ locationId: home.locationId, operations: [{ ...operation, [field]: wrong }] });
      expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
      expect(body.message).toMatch(new RegExp(`^operations\\[0\\]\\.${field} `));
    }
  });

  it('is no more than that, for each of the 24 types', async () => {
    expect(new Set(complete.map(({ type }) => type)).size).toBe(24);
    const { results } = await run(...complete);
    expect(results.map(({ type }) => type)).toEqual(complete.map(({ type }) => type));
  });

  it.each<[string, Operation]>([
    ['items', { type: 'add_items', bin_id: id, items: Array.from({ length: 501 }, () => 'x') }],
    ['items', { type: 'remove_items', bin_id: id, items: Array.from({ length: 501 }, () => 'x') }],
    ['item_ids', { type: 'reorder_items', bin_id: id, item_ids: Array.from({ length: 501 }, () => id) }],
    ['area_name', { type: 'update_bin', bin_id: id, area_name: 'x'.repeat(256) }],
    ['area_name', { type: 'set_area', bin_id: id, area_name: 'x'.repeat(256) }],
    ['new_name', { type: 'rename_area', area_id: id, new_name: 'x'.repeat(256) }],
  ])('has at most so much in %s', async (field, operation) => {
    const { body } = await home
      .call('post', '/batch', home.admin.key)
      .send({ locationId: home.locationId, operations: [operation] })
      .expect(422);
    expect(body.message).toMatch(new RegExp(`^operations\\[0\\]\\.${field} must have at most \\d+`));
  });

  it('refuses a new name that is too long alone, as one that is empty', async () => {
    const bin = await home.bin();
    const { results } = await run(
      { type: 'update_bin', bin_id: bin.id, name: 'x'.repeat(256) },
      { type: 'update_bin', bin_id: bin.id, name: ' ' },
      { type: 'update_bin', bin_id: bin.id, notes: 'Kept' },
    );
    expect(results.map(({ success }) => success)).toEqual([false, false, true]);
    expect(results[0]?.error).toContain('at most 255 characters');
    expect(await get(bin.id)).toMatchObject({ name: bin.name, notes: 'Kept' });
  });

  it('takes 500 items and names of 255 characters', async () => {
    const bin = await home.bin();
    const items = Array.from({ length: 500 }, (_, at) => `Item ${at}`);
    const name = 'x'.repeat(255);
    const { errors } = await run(
      { type: 'add_items', bin_id: bin.id, items },
      { type: 'set_area', bin_id: bin.id, area_name: name },
    );
    expect(errors).toEqual([]);
    expect(await get(bin.id)).toMatchObject({ area_name: name, items: { length: 500 } });
  });
});

describe('what an operation answers and logs', () => {
  let bin: BinBody;
  let areaId: string;
  /** What an operation answers, and the rows that it leaves in the log. */
  async function did(operation: Operation) {
    const before = await home.log(home.locationId, home.admin, '?limit=100');
    const { results, errors } = await run(operation);
    expect(errors).toEqual([]);
    const { results: after } = await home.log(home.locationId, home.admin, '?limit=100');
    const known = new Set(before.results.map((row) => row.id));
    const rows = after.filter((row) => !known.has(row.id));
    const logged = rows.map((row) => [row.entity_type, row.action, row.entity_name, row.changes]);
    return { result: results[0], logged };
  }
  const change = (changes: object) => [['bin', 'update', 'Chest', changes]];

  beforeAll(async () => {
    const area = await home
      .call('post', `/locations/${home.locationId}/areas`, home.admin.key)
      .send({ name: 'Attic' });
    areaId = area.body.id;
  });

  it.each<[string, Omit<Operation, 'type'>, unknown[]]>([
    [
      'update_bin',
      { notes: 'new', icon: 'Box' },
      change({ notes: { old: 'n', new: 'new' }, icon: { old: '', new: 'Box' } }),
    ],
    ['update_bin', { visibility: 'private' }, change({ visibility: { old: 'location', new: 'private' } })],
    ['update_bin', { notes: 'n' }, []],
    ['delete_bin', {}, [['bin', 'delete', 'Chest', null]]],
    [
      'add_items',
      { items: ['Nut', { name: 'Bolt', quantity: 3 }] },
      change({ items_added: { old: null, new: ['Nut', 'Bolt'] } }),
    ],
    ['remove_items', { items: ['saw'] }, change({ items_removed: { old: ['Saw', 'saw'], new: null } })],
    ['remove_items', { items: ['unknown'] }, []],
    [
      'modify_item',
      { old_item: 'AXE', new_item: 'Hatchet' },
      change({ items_renamed: { old: 'Axe', new: 'Hatchet' } }),
    ],
    ['modify_item', { old_item: 'unknown', new_item: 'x' }, []],
    [
      'set_item_quantity',
      { item_name: 'axe', quantity: 4 },
      change({ items_quantity: { old: { name: 'Axe', qty: 2 }, new: { name: 'Axe', qty: 4 } } }),
    ],
    [
      'set_item_quantity',
      { item_name: 'axe', quantity: 0 },
      change({ items_removed: { old: ['Axe'], new: null } }),
    ],
    ['add_tags', { tags: ['b'] }, change({ tags: { old: ['a'], new: ['a', 'b'] } })],
    ['add_tags', { tags: ['a'] }, []],
    ['remove_tags', { tags: ['A'] }, change({ tags: { old: ['a'], new: [] } })],
    ['modify_tag', { old_tag: 'A', new_tag: 'c' }, change({ tags: { old: ['a'], new: ['c'] } })],
    ['set_area', { area_name: 'attic' }, change({ area: { old: '', new: 'Attic' } })],
    ['set_notes', { mode: 'append', notes: 'more' }, change({ notes: { old: 'n', new: 'n\nmore' } })],
    ['set_notes', { mode: 'clear' }, change({ notes: { old: 'n', new: '' } })],
    ['set_icon', { icon: 'Leaf' }, change({ icon: { old: '', new: 'Leaf' } })],
    ['set_color', { color: 'forest green' }, change({ color: { old: '', new: 'forest green' } })],
    ['pin_bin', {}, []],
    ['unpin_bin', {}, []],
    ['checkout_item', { item_name: 'axe' }, change({ item_checked_out: { old: null, new: 'Axe' } })],
  ])('%s %j', async (type, fields, expected) => {
    bin = await home.bin({
      name: 'Chest',
      notes: 'n',
      tags: ['a'],
      items: ['Saw', 'saw', { name: 'Axe', quantity: 2 }],
    });
    const { result, logged } = await did({ type, bin_id: bin.id, bin_name: 'My chest', ...fields });
    expect(result).toEqual({
      type,
      success: true,
      details: expect.stringMatching(/\w+ .*Chest/),
      bin_id: bin.id,
      bin_name: 'My chest',
    });
    expect(logged).toEqual(expected);
  });

  it('restore_bin, return_item and reorder_items', async () => {
    bin = await home.bin({ name: 'Chest', items: ['A', 'B'] });
    const target = await home.bin({ name: 'Target' });
    const result = { success: true, details: expect.any(String), bin_id: bin.id, bin_name: '' };
    await run({ type: 'delete_bin', bin_id: bin.id });
    expect(await did({ type: 'restore_bin', bin_id: bin.id })).toEqual({
      result: { ...result, type: 'restore_bin' },
      logged: [['bin', 'restore', 'Chest', null]],
    });
    const ids = bin.items.map((item) => item.id).reverse();
    expect(await did({ type: 'reorder_items', bin_id: bin.id, item_ids: ids })).toEqual({
      result: { ...result, type: 'reorder_items' },
      logged: change({ items_reordered: { old: null, new: 2 } }),
    });
    const shelf = await home.bin({ name: 'Chest', items: ['C'] });
    await home
      .call('post', `/bins/${shelf.id}/items/${shelf.items[0]?.id}/checkout`, home.member.key)
      .expect(201);
    expect(
      await did({ type: 'return_item', bin_id: shelf.id, item_name: 'c', target_bin_id: target.id }),
    ).toEqual({
      result: { ...result, bin_id: shelf.id, type: 'return_item' },
      logged: [
        ['bin', 'update', 'Target', { item_received: { old: null, new: 'C' } }],
        ['bin', 'update', 'Chest', { item_returned_to: { old: null, new: 'Target' } }],
      ],
    });
  });

  it('create_bin and duplicate_bin answer the bin that they made, whatever bin_name says', async () => {
    const made = await did({ type: 'create_bin', name: 'Fresh', bin_name: 'x', area_name: 'Brand new' });
    expect(made.result).toEqual({
      type: 'create_bin',
      success: true,
      details: expect.stringContaining('Fresh'),
      bin_id: expect.any(String),
      bin_name: 'Fresh',
    });
    expect(made.logged).toEqual([
      ['bin', 'create', 'Fresh', null],
      ['area', 'create', 'Brand new', null],
    ]);
    const copy = await did({ type: 'duplicate_bin', bin_id: made.result?.bin_id, bin_name: 'x' });
    expect(copy.result).toEqual({
      type: 'duplicate_bin',
      success: true,
      details: expect.stringContaining('Copy of Fresh'),
      bin_id: expect.not.stringContaining(String(made.result?.bin_id)),
      bin_name: 'Copy of Fresh',
    });
    expect(copy.logged).toEqual([['bin', 'duplicate', 'Copy of Fresh', null]]);
  });

  it('what belongs to no bin answers none', async () => {
    const result = { success: true, details: expect.any(String) };
    const tag = { type: 'set_tag_color', tag: 'rose', color: 'black', bin_id: randomUUID(), bin_name: 'x' };
    expect(await did(tag)).toEqual({ result: { ...result, type: tag.type }, logged: [] });
    const rename = { type: 'rename_area', area_id: areaId, area_name: 'x', new_name: 'Loft', bin_name: 'x' };
    expect(await did(rename)).toEqual({
      result: { ...result, type: rename.type },
      logged: [['area', 'update', 'Loft', { name: { old: 'Attic', new: 'Loft' } }]],
    });
    expect(await did({ type: 'delete_area', area_id: areaId, area_name: 'x' })).toEqual({
      result: { ...result, type: 'delete_area' },
      logged: [['area', 'delete', 'Loft', null]],
    });
  });

  it('putting items in order twice is one row', async () => {
    bin = await home.bin({ items: ['A', 'B', 'C'] });
    const [a, b, c] = bin.items.map((item) => item.id);
    const reorder = (...ids: unknown[]) => ({ type: 'reorder_items', bin_id: bin.id, item_ids: ids });
    await run(reorder(c, b, a), reorder(b, c));
    expect(await home.actions(bin.id)).toEqual([
      ['update', { items_reordered: { old: null, new: 2 } }],
      ['create', null],
    ]);
  });

  it('many updates of one bin are one row', async () => {
    bin = await home.bin({ name: 'Chest', items: ['A'] });
    await run(
      { type: 'set_icon', bin_id: bin.id, icon: 'Box' },
      { type: 'add_items', bin_id: bin.id, items: ['B'] },
      { type: 'set_icon', bin_id: bin.id, icon: 'Leaf' },
      { type: 'remove_items', bin_id: bin.id, items: ['B', 'A'] },
    );
    expect(await home.actions(bin.id)).toEqual([
      ['update', { icon: { old: '', new: 'Leaf' }, items_removed: { old: ['A'], new: null } }],
      ['create', null],
    ]);
  });
});

describe('an operation that fails', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['modify_item', { old_item: 'A', new_item: ' ' }, 'new_item is required'],
    ['update_bin', { name: ' ' }, 'name is required'],
    ['update_bin', { card_style: '[]' }, 'card_style must be a JSON object as text'],
    [
      'update_bin',
      { custom_fields: { unknown: 'x' } },
      'custom_fields must name custom fields of this location',
    ],
    ['duplicate_bin', { new_name: ' ' }, 'new_name is required'],
    ['reorder_items', { item_ids: [id] }, 'item_ids must be items of this bin'],
    ['set_area', { area_name: 'x', area_id: id }, 'area_id must be an area of this location'],
    ['set_icon', { icon: 'x'.repeat(101) }, 'icon must have at most 100 characters'],
    ['set_color', { color: 'x'.repeat(51) }, 'color must have at most 50 characters'],
    ['set_item_quantity', { item_name: 'B', quantity: 1 }, 'There is no such item in the bin'],
    ['checkout_item', { item_name: 'B' }, 'There is no such item in the bin'],
    ['return_item', { item_name: 'A' }, 'No such item of the bin is checked out'],
  ])('%s %j says why, by the name of the field, and nothing else', async (type, fields, reason) => {
    const bin = await home.bin({ items: ['A'] });
    const { results, errors } = await run({ type, bin_id: bin.id, bin_name: 'Mine', ...fields });
    expect(results).toEqual([{ type, success: false, details: reason, error: reason }]);
    expect(errors).toEqual([`${type}: ${reason}`]);
    expect(await get(bin.id)).toEqual({ ...bin, is_pinned: 0 });
    expect(await home.actions(bin.id)).toEqual([['create', null]]);
  });
});

describe('what an operation does', () => {
  it('modify_item renames all of a name, without regard to case', async () => {
    const bin = await home.bin({ items: ['Nail', 'NAIL', 'Screw', 'nail'] });
    await run({ type: 'modify_item', bin_id: bin.id, old_item: 'nAIL', new_item: 'Pin' });
    expect((await home.items(bin.id)).map(({ name }) => name)).toEqual(['Pin', 'Pin', 'Screw', 'Pin']);
  });

  it('modify_tag, add_tags and remove_tags leave other bins and colors alone', async () => {
    const { key } = home.admin;
    await home
      .call('put', '/tag-colors', key)
      .send({ locationId: home.locationId, tag: 'kept', color: 'black' })
      .expect(200);
    const [bin, other] = [await home.bin({ tags: ['kept'] }), await home.bin({ tags: ['kept'] })];
    await run(
      { type: 'modify_tag', bin_id: bin.id, old_tag: 'kept', new_tag: 'changed' },
      { type: 'remove_tags', bin_id: bin.id, tags: ['changed'] },
    );
    expect((await get(bin.id)).tags).toEqual([]);
    expect(await get(other.id)).toEqual({ ...other, is_pinned: 0 });
    const { body } = await home.call('get', `/tag-colors?location_id=${home.locationId}`, key);
    expect(body.results).toContainEqual({ tag: 'kept', color: 'black', parent_tag: null });
  });

  it('set_area takes the area of that name that is nearest to the top, and of those the one in just that case', async () => {
    const area = async (name: string, parent?: string): Promise<string> =>
      (
        await home
          .call('post', `/locations/${home.locationId}/areas`, home.admin.key)
          .send({ name, ...(parent && { parent_id: parent }) })
          .expect(201)
      ).body.id;
    const room = await area('Room');
    const inner = await area('Shelf', room);
    const bin = await home.bin();
    const set = async (name: string) => {
      await run({ type: 'set_area', bin_id: bin.id, area_name: name });
      return (await get(bin.id)).area_id;
    };
    expect(await set('SHELF')).toBe(inner);
    const lower = await area('shelf');
    expect(await set('Shelf')).toBe(lower);
    const exact = await area('Shelf');
    expect(await set('Shelf')).toBe(exact);
    expect(await set(' shelf ')).toBe(lower);
  });

  it('set_notes appends on a line of its own, but not below nothing', async () => {
    const bin = await home.bin();
    const append = (notes: string) => ({ type: 'set_notes', bin_id: bin.id, mode: 'append', notes });
    await run(append('one'), append('two'));
    expect((await get(bin.id)).notes).toBe('one\ntwo');
  });

  it('update_bin replaces what is sent, custom fields as a whole, and leaves the rest', async () => {
    const fields: string[] = [];
    for (const name of ['Weight', 'Height']) {
      const { body } = await home
        .call('post', `/locations/${home.locationId}/custom-fields`, home.admin.key)
        .send({ name });
      fields.push(body.id);
    }
    const [weight = '', height = ''] = fields;
    const bin = await home.bin({ items: ['A'], tags: ['x'], customFields: { [weight]: '1' } });
    await run({
      type: 'update_bin',
      bin_id: bin.id,
      icon: 'Box',
      card_style: '{"variant":"stripe"}',
      custom_fields: { [height]: '2' },
    });
    expect(await get(bin.id)).toEqual({
      ...bin,
      icon: 'Box',
      card_style: '{"variant":"stripe"}',
      custom_fields: { [height]: '2' },
      is_pinned: 0,
      updated_at: expect.any(String),
    });
  });
});
