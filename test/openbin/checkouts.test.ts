import { describe, expect, it } from 'vitest';
import { type BinBody, statuses, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();

const unknown = '01900000-0000-7000-8000-000000000000';
const itemId = (bin: BinBody, at = 0) => bin.items[at]?.id ?? '';
const take = (bin: BinBody, as: Person = home.member, id = itemId(bin)) =>
  home.call('post', `/bins/${bin.id}/items/${id}/checkout`, as.key);
const bringBack = (bin: BinBody, body?: object, as: Person = home.member, id = itemId(bin)) =>
  home.call('post', `/bins/${bin.id}/items/${id}/return`, as.key).send(body);
const outOf = async (bin: { id: string }, as: Person = home.viewer) =>
  (await home.call('get', `/bins/${bin.id}/checkouts`, as.key).expect(200)).body;
const allOut = async (as: Person = home.viewer) =>
  (await home.call('get', `/locations/${home.locationId}/checkouts`, as.key).expect(200)).body.results;
const isListed = async (id: string, as: Person = home.viewer) =>
  (await allOut(as)).some((row: { item_id: string }) => row.item_id === id);
const bulkReturn = (body: object, as: Person = home.member) =>
  home.call('post', `/locations/${home.locationId}/checkouts/bulk-return`, as.key).send(body);
const names = async (binId: string) => (await home.items(binId)).map(({ name }) => name).join('');

describe('taking an item and bringing it back (25.3)', () => {
  it('is told by the lists and the log, while the item stays in its bin', async () => {
    const { member, admin, locationId } = home;
    const bin = await home.bin({ items: ['Drill'], icon: 'Box', color: 'black' });
    const { body } = await take(bin).expect(201);
    const checkout = {
      id: expect.any(String),
      item_id: itemId(bin),
      origin_bin_id: bin.id,
      location_id: locationId,
      checked_out_by: member.account.id,
      checked_out_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
      returned_at: null,
      returned_by: null,
      return_bin_id: null,
    };
    expect(body).toEqual({ checkout });
    const listed = { ...body.checkout, item_name: 'Drill', checked_out_by_name: 'Mia' };
    expect(await outOf(bin)).toEqual({ results: [listed], count: 1 });
    expect((await allOut()).find(({ id }: { id: string }) => id === body.checkout.id)).toEqual({
      ...listed,
      origin_bin_name: 'Tools',
      origin_bin_icon: 'Box',
      origin_bin_color: 'black',
    });
    expect(await home.items(bin.id)).toEqual(bin.items);
    expect((await home.actions(bin.id))[0]).toEqual([
      'update',
      { item_checked_out: { old: null, new: 'Drill' } },
    ]);
    const { body: back } = await bringBack(bin, undefined, admin).expect(200);
    expect(back).toEqual({
      checkout: {
        ...body.checkout,
        returned_at: expect.stringMatching(/Z$/),
        returned_by: admin.account.id,
        return_bin_id: bin.id,
      },
    });
    expect(await outOf(bin)).toEqual({ results: [], count: 0 });
    expect((await home.actions(bin.id))[0]).toEqual([
      'update',
      { item_returned: { old: null, new: 'Drill' } },
    ]);
    await take(bin, admin).expect(201);
  });

  it('lists the last taken first', async () => {
    const bin = await home.bin({ items: ['A', 'B', 'C'] });
    for (const at of [1, 0, 2]) await take(bin, home.member, itemId(bin, at)).expect(201);
    const { results } = await outOf(bin);
    expect(results.map((row: { item_name: string }) => row.item_name)).toEqual(['C', 'A', 'B']);
    const other = await home.bin({ items: ['D'] });
    await take(other).expect(201);
    const rows = (await allOut()).slice(0, 4) as { item_name: string }[];
    expect(rows.map((row) => row.item_name)).toEqual(['D', 'C', 'A', 'B']);
  });

  it('lets exactly one of two take it, and one of two bring it back', async () => {
    const bin = await home.bin({ items: ['Drill'] });
    const taken = await Promise.all([take(bin), take(bin, home.admin), take(bin)]);
    expect(statuses(taken)).toEqual([201, 409, 409]);
    expect(taken.find(({ status }) => status === 409)?.body).toMatchObject({ error: 'CONFLICT' });
    expect((await outOf(bin)).count).toBe(1);
    const returned = await Promise.all([bringBack(bin), bringBack(bin, {}, home.admin), bringBack(bin)]);
    expect(statuses(returned)).toEqual([200, 404, 404]);
    const rows = await home.db.checkout.findMany({ where: { itemId: itemId(bin) } });
    expect(rows).toMatchObject([{ activeItemId: null }]);
    const told = (await home.actions(bin.id)).flatMap(([, changes]) => Object.keys(changes ?? {}));
    expect(told.sort()).toEqual(['item_checked_out', 'item_returned']);
  });

  it('is for any member, whoever made the bin or took the item, but for no viewer', async () => {
    const { admin, member, viewer, stranger } = home;
    const bin = await home.bin({ items: ['Drill'] });
    await take(bin, viewer).expect(403);
    await take(bin, stranger).expect(404);
    await take(bin, member, unknown).expect(404);
    await take(bin, admin).expect(201);
    await bringBack(bin, {}, viewer).expect(403);
    await bringBack(bin, {}, stranger).expect(404);
    await bringBack(bin, {}, member).expect(200);
    await home.call('get', `/bins/${bin.id}/checkouts`, stranger.key).expect(404);
    await home.call('get', `/locations/${home.locationId}/checkouts`, stranger.key).expect(403);
    await home.call('get', '/locations/unknown/checkouts', admin.key).expect(403);
    for (const what of ['checkout', 'return']) {
      const path = `/bins/${unknown}/items/${itemId(bin)}/${what}`;
      const { status, body } = await home.call('post', path, admin.key);
      expect([status, body.error]).toEqual([404, 'NOT_FOUND']);
    }
  });

  it('takes no target, or an empty one, for the bin that the item came from', async () => {
    const bin = await home.bin({ items: ['Drill', 'Saw'] });
    for (const targetBinId of [null, '', undefined, bin.id]) {
      await take(bin).expect(201);
      const { body } = await bringBack(bin, { targetBinId }).expect(200);
      expect(body.checkout.return_bin_id).toBe(bin.id);
      const told = (await home.actions(bin.id))[0]?.[1];
      expect(told).toMatchObject({ item_returned: { old: null, new: 'Drill' } });
      expect(Object.keys(told as object)).not.toContain('item_returned_to');
    }
    for (const targetBinId of [null, '', undefined]) {
      const id = (await take(bin).expect(201)).body.checkout.id;
      await bulkReturn({ checkoutIds: [id], targetBinId }).expect(200, { returned: 1, errors: [] });
      const row = await home.db.checkout.findUniqueOrThrow({ where: { id } });
      expect(row.returnBinId).toBe(bin.id);
    }
  });

  it('brings an item to the end of another bin, which both bins’ logs tell', async () => {
    const [bin, target] = [
      await home.bin({ items: ['Drill'] }),
      await home.bin({ name: 'Shelf', items: ['X'] }),
    ];
    await take(bin).expect(201);
    const { body } = await bringBack(bin, { targetBinId: target.id }).expect(200);
    expect(body.checkout).toMatchObject({ origin_bin_id: bin.id, return_bin_id: target.id });
    expect([await names(bin.id), await names(target.id)]).toEqual(['', 'XDrill']);
    expect((await home.actions(bin.id))[0]?.[1]).toEqual({
      item_checked_out: { old: null, new: 'Drill' },
      item_returned_to: { old: null, new: 'Shelf' },
    });
    expect((await home.actions(target.id))[0]?.[1]).toEqual({
      item_received: { old: null, new: 'Drill' },
    });
    await home.call('post', `/bins/${target.id}/items/${itemId(bin)}/checkout`, home.admin.key).expect(201);
  });

  it('refuses a target that is unknown, invisible, thrown away or elsewhere, and leaves the item out', async () => {
    const { admin, member } = home;
    const bin = await home.bin({ items: ['Drill'] });
    await take(bin).expect(201);
    const hidden = await home.bin({ visibility: 'private' }, admin);
    const thrown = await home.bin();
    await home.trash(thrown.id);
    const office = await home.location(member, 'Office');
    const { body: elsewhere } = await home
      .call('post', '/bins', member.key)
      .send({ locationId: office.id, name: 'Desk' });
    for (const targetBinId of [unknown, hidden.id, thrown.id, elsewhere.id]) {
      await bringBack(bin, { targetBinId }).expect(404);
      await bulkReturn({ checkoutIds: [unknown], targetBinId }).expect(404);
    }
    await bringBack(bin, { targetBinId: 5 }).expect(422);
    expect((await outOf(bin)).count).toBe(1);
    await bringBack(await home.bin(), {}, member, itemId(bin)).expect(404);
  });
});

describe('what becomes of a checkout when its item', () => {
  async function outItem(input: object = {}) {
    const bin = await home.bin({ items: ['Drill'], ...input });
    const { body } = await take(bin).expect(201);
    return { bin, id: itemId(bin), checkoutId: body.checkout.id as string };
  }

  it('is deleted so that it can be restored: hidden, and there again with it', async () => {
    const { bin, id, checkoutId } = await outItem();
    await home
      .call('post', '/items/bulk-delete', home.member.key)
      .send({ ids: [id] })
      .expect(200);
    expect([await isListed(id), (await outOf(bin)).count]).toEqual([false, 0]);
    await take(bin).expect(404);
    await bringBack(bin).expect(404);
    const { body } = await bulkReturn({ checkoutIds: [checkoutId] }).expect(200);
    expect(body).toEqual({ returned: 0, errors: [{ id: checkoutId, reason: 'NOT_FOUND' }] });
    await home
      .call('post', '/items/bulk-restore', home.member.key)
      .send({ ids: [id] })
      .expect(200);
    expect([await isListed(id), (await outOf(bin)).count]).toEqual([true, 1]);
    await take(bin).expect(409);
  });

  it('is deleted for good: gone', async () => {
    const { bin, id } = await outItem();
    await home.call('delete', `/bins/${bin.id}/items/${id}`, home.admin.key).expect(200);
    expect(await home.db.checkout.count({ where: { itemId: id } })).toBe(0);
  });

  it('stays by name when all items are replaced: kept (28)', async () => {
    const { bin, id } = await outItem();
    await home
      .call('put', `/bins/${bin.id}`, home.member.key)
      .send({ items: ['New', 'Drill'] })
      .expect(200);
    expect((await outOf(bin)).results).toMatchObject([{ item_id: id }]);
  });

  it('is moved: found in the new bin, and returned there', async () => {
    const { bin, id } = await outItem();
    const target = await home.bin();
    await home
      .call('post', '/items/bulk-move', home.member.key)
      .send({ ids: [id], targetBinId: target.id })
      .expect(200, { moved: 1 });
    expect([(await outOf(bin)).count, (await outOf(target)).count]).toEqual([0, 1]);
    await bringBack(bin).expect(404);
    const { body } = await bringBack(target, {}, home.member, id).expect(200);
    expect(body.checkout).toMatchObject({ origin_bin_id: target.id, return_bin_id: target.id });
  });

  it('lies in a bin that is thrown away: hidden until that is back', async () => {
    const { bin, id, checkoutId } = await outItem();
    await home.trash(bin.id);
    expect(await isListed(id)).toBe(false);
    await home.call('get', `/bins/${bin.id}/checkouts`, home.admin.key).expect(404);
    await bringBack(bin).expect(404);
    expect((await bulkReturn({ checkoutIds: [checkoutId] })).body.returned).toBe(0);
    await home.db.bin.update({ where: { id: bin.id }, data: { deletedAt: null } });
    expect(await isListed(id)).toBe(true);
  });

  it('lies in a private bin: only its maker knows', async () => {
    const bin = await home.bin({ items: ['Diary'], visibility: 'private' }, home.member);
    const { body } = await take(bin).expect(201);
    expect([await isListed(itemId(bin), home.member), await isListed(itemId(bin), home.admin)]).toEqual([
      true,
      false,
    ]);
    await home.call('get', `/bins/${bin.id}/checkouts`, home.admin.key).expect(404);
    await take(bin, home.admin).expect(404);
    await bringBack(bin, {}, home.admin).expect(404);
    const { id } = body.checkout;
    expect((await bulkReturn({ checkoutIds: [id] }, home.admin)).body.errors).toEqual([
      { id, reason: 'NOT_FOUND' },
    ]);
  });
});

describe('bulk-checkout (25.1)', () => {
  const bulk = (ids: unknown, as: Person = home.member) =>
    home.call('post', '/items/bulk-checkout', as.key).send({ ids });

  it('takes what is there and says why not the rest, in the order of the ids', async () => {
    const bin = await home.bin({ items: ['A', 'B', 'C'] });
    const [a, b, c] = bin.items.map(({ id }) => id) as [string, string, string];
    await take(bin, home.admin, b).expect(201);
    const { body } = await bulk([unknown, a, b, c, a]).expect(200);
    expect(body).toEqual({
      checkedOut: 2,
      errors: [
        { id: unknown, reason: 'NOT_FOUND' },
        { id: b, reason: 'ALREADY_CHECKED_OUT' },
      ],
    });
    expect((await outOf(bin)).count).toBe(3);
    const { results } = await home.log(home.locationId, home.admin, '?entity_type=item&limit=1');
    expect(results[0]).toMatchObject({
      action: 'bulk_checkout',
      changes: { counts: { old: null, new: { checkedOut: 2 } } },
    });
    await bulk([a]).expect(200, { checkedOut: 0, errors: [{ id: a, reason: 'ALREADY_CHECKED_OUT' }] });
  });

  it('takes 200 and no more, each counted once, like all bulk routes', async () => {
    const bin = await home.bin();
    const ids = Array.from({ length: 201 }, (_, at) => `id${at}`);
    for (const [what, extra] of [
      ['delete', {}],
      ['restore', {}],
      ['checkout', {}],
      ['move', { targetBinId: bin.id }],
      ['quantity', { op: 'clear' }],
    ] as const) {
      const send = (some: string[]) =>
        home.call('post', `/items/bulk-${what}`, home.member.key).send({ ids: some, ...extra });
      const { body } = await send(ids).expect(422);
      expect(body).toMatchObject({ error: 'SELECTION_TOO_LARGE', max: 200, requested: 201 });
      await send([...ids.slice(1), ...ids.slice(1)]).expect(200);
    }
  });

  it('takes each item once when two take at once', async () => {
    const bin = await home.bin({ items: ['A', 'B', 'C'] });
    const ids = bin.items.map(({ id }) => id);
    const answers = await Promise.all([bulk(ids), bulk(ids, home.admin), take(bin)]);
    const [one, two, single] = answers.map(({ status, body }) => body.checkedOut ?? (status === 201 ? 1 : 0));
    expect(one + two + single).toBe(3);
    expect((await outOf(bin)).count).toBe(3);
  });
});

describe('bulk-return (25.3)', () => {
  async function taken(items: string[]) {
    const bin = await home.bin({ items });
    await home
      .call('post', '/items/bulk-checkout', home.admin.key)
      .send({ ids: bin.items.map(({ id }) => id) })
      .expect(200);
    const { results } = await outOf(bin);
    const byName = new Map(results.map((row: { item_name: string; id: string }) => [row.item_name, row.id]));
    return { bin, ids: items.map((name) => byName.get(name) as string) };
  }

  it('brings back what is out, each to its bin', async () => {
    const [one, two] = [await taken(['A', 'B']), await taken(['C'])];
    const checkoutIds = [...one.ids, unknown, ...two.ids, ...two.ids];
    const { body } = await bulkReturn({ checkoutIds }).expect(200);
    expect(body).toEqual({ returned: 3, errors: [{ id: unknown, reason: 'NOT_FOUND' }] });
    for (const { bin, ids } of [one, two]) {
      const rows = await home.db.checkout.findMany({ where: { id: { in: ids } } });
      for (const row of rows)
        expect(row).toMatchObject({
          returnBinId: bin.id,
          activeItemId: null,
          returnedById: home.member.account.id,
        });
      expect((await outOf(bin)).count).toBe(0);
    }
    const { results } = await home.log(home.locationId, home.admin, '?entity_type=checkout');
    expect(results[0]).toMatchObject({
      action: 'bulk_return',
      changes: { counts: { old: null, new: { returned: 3 } } },
    });
    const again = await bulkReturn({ checkoutIds }).expect(200);
    expect([again.body.returned, again.body.errors.length]).toEqual([0, 4]);
    expect((await home.log(home.locationId, home.admin, '?entity_type=checkout')).count).toBe(results.length);
  });

  it('brings everything to the end of one bin', async () => {
    const [one, two] = [await taken(['A', 'B']), await taken(['C'])];
    const target = await home.bin({ items: ['X'] });
    const checkoutIds = [...two.ids, ...one.ids];
    await bulkReturn({ checkoutIds, targetBinId: target.id }).expect(200, { returned: 3, errors: [] });
    expect([await names(target.id), await names(one.bin.id)]).toEqual(['XCAB', '']);
    const rows = await home.db.checkout.findMany({ where: { id: { in: one.ids } } });
    for (const row of rows) expect(row).toMatchObject({ originBinId: one.bin.id, returnBinId: target.id });
  });

  it('wants ids, not too many, and a member', async () => {
    const { viewer, stranger } = home;
    const many = Array.from({ length: 201 }, (_, n) => `id${n}`);
    for (const checkoutIds of [undefined, [], [''], [5], 'x']) {
      const { body } = await bulkReturn({ checkoutIds }, stranger).expect(422);
      expect(body.message).toContain('checkoutIds');
    }
    const { body } = await bulkReturn({ checkoutIds: many }).expect(422);
    expect(body).toMatchObject({ error: 'SELECTION_TOO_LARGE', max: 200, requested: 201 });
    await bulkReturn({ checkoutIds: many.slice(1) }).expect(200);
    const { bin, ids } = await taken(['A']);
    for (const who of [viewer, stranger]) await bulkReturn({ checkoutIds: ids }, who).expect(403);
    expect((await outOf(bin)).count).toBe(1);
  });

  it('returns each once when two return at once', async () => {
    const { bin, ids } = await taken(['A', 'B']);
    const answers = await Promise.all([
      bulkReturn({ checkoutIds: ids }),
      bulkReturn({ checkoutIds: ids }, home.admin),
      bringBack(bin),
    ]);
    const total = answers.reduce(
      (sum, { status, body }) => sum + (body.returned ?? (status === 200 ? 1 : 0)),
      0,
    );
    expect(total).toBe(2);
  });

  it('takes a constant number of statements', async () => {
    const target = await home.bin();
    const counts: number[][] = [];
    for (const items of [['A', 'B'], Array.from({ length: 40 }, (_, n) => `Item ${n}`)]) {
      const { ids } = await taken(items);
      const half = ids.length / 2;
      const count = async (input: object) =>
        (await home.statements(() => bulkReturn(input).expect(200))).length;
      counts.push([
        await count({ checkoutIds: ids.slice(half) }),
        await count({ checkoutIds: ids.slice(0, half), targetBinId: target.id }),
      ]);
    }
    expect(counts[1]).toEqual(counts[0]);
  });
});
