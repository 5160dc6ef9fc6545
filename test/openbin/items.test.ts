import { describe, expect, it } from 'vitest';
import { statuses, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();

type Method = 'post' | 'put' | 'patch' | 'delete';
const send = (method: Method, path: string, body?: object, as: Person = home.admin) =>
  home.call(method, `/bins/${path}`, as.key).send(body);
const updatedAt = async (id: string) =>
  (await home.call('get', `/bins/${id}`, home.admin.key)).body.updated_at;
const unknown = '01900000-0000-7000-8000-000000000000';

describe('items in a bin (10.8)', () => {
  it('are put at its end, tidied, and the log names them', async () => {
    const bin = await home.bin({ items: ['First'] });
    const before = await updatedAt(bin.id);
    const { body } = await send('post', `${bin.id}/items`, {
      items: ['Hammer', ' ', { name: ' Saw\u200b ', quantity: 2.9 }, { name: 'Nail', quantity: -3 }],
    }).expect(201);
    expect(body).toEqual({
      items: [
        { id: expect.any(String), name: 'Hammer', quantity: null },
        { id: expect.any(String), name: 'Saw', quantity: 2 },
        { id: expect.any(String), name: 'Nail', quantity: 1 },
      ],
    });
    expect(await home.items(bin.id)).toEqual([bin.items[0], ...body.items]);
    expect((await updatedAt(bin.id)) > before).toBe(true);
    expect(await home.actions(bin.id)).toEqual([
      ['update', { items_added: { old: null, new: ['Hammer', 'Saw', 'Nail'] } }],
      ['create', null],
    ]);
  });

  it('touch their bin with every change (10.8)', async () => {
    const bin = await home.bin({ items: ['A', 'B'] });
    const [a, b] = bin.items.map(({ id }) => id);
    const past = new Date(Date.now() - 60_000);
    for (const [method, path, body, status] of [
      ['post', '', { items: ['C'] }, 201],
      ['put', `/${a}`, { name: 'Renamed' }, 200],
      ['put', `/${a}`, { name: 'Renamed', quantity: 2 }, 200],
      ['patch', `/${a}/quantity`, { quantity: 5 }, 200],
      ['patch', `/${a}/quantity`, { quantity: 0 }, 200],
      ['delete', `/${b}`, undefined, 200],
    ] as const) {
      await home.db.bin.update({ where: { id: bin.id }, data: { updatedAt: past } });
      await send(method, `${bin.id}/items${path}`, body).expect(status);
      expect([method, path, (await updatedAt(bin.id)) > past.toISOString()]).toEqual([method, path, true]);
    }
  });

  it('are counted by numbers alone when they are added', async () => {
    const bin = await home.bin();
    const quantities = [3, 1.9, 0, null, undefined, '7', true, [2]];
    const { body } = await send('post', `${bin.id}/items`, {
      items: quantities.map((quantity) => ({ name: 'n', quantity })),
    }).expect(201);
    expect(body.items.map(({ quantity }: { quantity: unknown }) => quantity)).toEqual([
      3,
      1,
      1,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('of which none has a name are no items, and change nothing', async () => {
    const bin = await home.bin();
    const before = await updatedAt(bin.id);
    await send('post', `${bin.id}/items`, { items: [' ', '\u200b'] }).expect(201, { items: [] });
    expect(await updatedAt(bin.id)).toBe(before);
    expect(await home.actions(bin.id)).toEqual([['create', null]]);
  });

  it('all find their place when several add at once', async () => {
    const bin = await home.bin();
    const names = Array.from({ length: 8 }, (_, n) => `Item ${n}`);
    await Promise.all(names.map((name) => send('post', `${bin.id}/items`, { items: [name] }).expect(201)));
    const items = await home.db.binItem.findMany({ where: { binId: bin.id } });
    expect(items.map(({ name }) => name).sort()).toEqual(names);
    expect(new Set(items.map(({ position }) => position)).size).toBe(names.length);
    expect(
      items.every(
        ({ locationId, name, nameKey }) => locationId === home.locationId && nameKey === name.toLowerCase(),
      ),
    ).toBe(true);
  });

  it('are renamed and counted, and the log tells only what changed', async () => {
    const bin = await home.bin({ items: [{ name: 'Nail', quantity: 3 }] });
    const id = bin.items[0]?.id ?? '';
    const path = `${bin.id}/items/${id}`;
    await send('put', path, { name: ' Nail ' }).expect(200, { id, name: 'Nail', quantity: 3 });
    expect(await home.actions(bin.id)).toEqual([['create', null]]);
    await send('put', path, { name: 'Screw', quantity: 0.5 }).expect(200, { id, name: 'Screw', quantity: 1 });
    await send('put', path, { name: 'Screw', quantity: null }).expect(200, {
      id,
      name: 'Screw',
      quantity: null,
    });
    await send('put', path, { name: 'Bolt' }).expect(200, { id, name: 'Bolt', quantity: null });
    expect(await home.actions(bin.id)).toEqual([
      [
        'update',
        {
          items_renamed: { old: 'Nail', new: 'Bolt' },
          items_quantity: { old: { name: 'Nail', qty: 3 }, new: { name: 'Screw', qty: null } },
        },
      ],
      ['create', null],
    ]);
    expect(await home.db.binItem.findUniqueOrThrow({ where: { id } })).toMatchObject({ nameKey: 'bolt' });
  });

  it('are counted, and removed for good when none is left', async () => {
    const bin = await home.bin({ items: ['A', 'B', 'C'] });
    const [a, b, c] = bin.items.map(({ id }) => id);
    await send('patch', `${bin.id}/items/${a}/quantity`, { quantity: 7.8 }).expect(200, {
      id: a,
      quantity: 7,
    });
    await send('patch', `${bin.id}/items/${a}/quantity`, { quantity: 7 }).expect(200, { id: a, quantity: 7 });
    await send('patch', `${bin.id}/items/${a}/quantity`, { quantity: 1e300 }).expect(200, {
      id: a,
      quantity: 2 ** 31 - 1,
    });
    await send('patch', `${bin.id}/items/${b}/quantity`, { quantity: 0.9 }).expect(200, {
      id: b,
      removed: true,
    });
    await send('patch', `${bin.id}/items/${c}/quantity`, { quantity: -1 }).expect(200, {
      id: c,
      removed: true,
    });
    await send('patch', `${bin.id}/items/${c}/quantity`, { quantity: 0 }).expect(404);
    expect(await home.db.binItem.count({ where: { binId: bin.id } })).toBe(1);
    expect((await home.actions(bin.id))[0]).toEqual([
      'update',
      {
        items_quantity: { old: { name: 'A', qty: null }, new: { name: 'A', qty: 2 ** 31 - 1 } },
        items_removed: { old: ['B', 'C'], new: null },
      },
    ]);
  });

  it('are deleted for good by exactly one of two at once', async () => {
    const bin = await home.bin({ items: ['A', 'B'] });
    const path = `${bin.id}/items/${bin.items[0]?.id}`;
    const answers = await Promise.all([send('delete', path), send('delete', path)]);
    expect(statuses(answers)).toEqual([200, 404]);
    expect(answers.find(({ status }) => status === 200)?.body).toEqual({ success: true });
    expect(await home.items(bin.id)).toEqual([bin.items[1]]);
    expect((await home.actions(bin.id))[0]).toEqual(['update', { items_removed: { old: ['A'], new: null } }]);
  });

  it('that are added and removed within two minutes leave no row in the log', async () => {
    const bin = await home.bin();
    const { body } = await send('post', `${bin.id}/items`, { items: ['Fleeting'] });
    await send('delete', `${bin.id}/items/${body.items[0].id}`).expect(200);
    expect(await home.actions(bin.id)).toEqual([['create', null]]);
  });

  it('are put in another order, which is neither an update nor logged', async () => {
    const bin = await home.bin({ items: ['A', 'B', 'C'] });
    const [a, b, c] = bin.items.map(({ id }) => id) as [string, string, string];
    const before = await updatedAt(bin.id);
    const order = async () => (await home.items(bin.id)).map(({ name }) => name).join('');
    await send('put', `${bin.id}/items/reorder`, { itemIds: [c, a, b, c] }).expect(200, { success: true });
    expect(await order()).toBe('CAB');
    await send('put', `${bin.id}/items/reorder`, { item_ids: [b, a, c] }).expect(200);
    expect(await order()).toBe('BAC');
    expect(await updatedAt(bin.id)).toBe(before);
    expect(await home.actions(bin.id)).toEqual([['create', null]]);
    const other = await home.bin({ items: ['X'] });
    for (const itemIds of [[], [a, unknown], [a, other.items[0]?.id], 'x', [5], undefined, ['\ud800']]) {
      const { body } = await send('put', `${bin.id}/items/reorder`, { itemIds }).expect(422);
      expect(body.message).toContain('itemIds');
    }
    expect(await order()).toBe('BAC');
  });

  it.each([
    ['post', '', 'items', undefined],
    ['post', '', 'items', []],
    ['post', '', 'items', 'Hammer'],
    ['post', '', 'items', ['x'.repeat(501)]],
    ['post', '', 'items', Array.from({ length: 501 }, () => 'a')],
    ['put', '/:item', 'name', undefined],
    ['put', '/:item', 'name', ' \u200b '],
    ['put', '/:item', 'name', 5],
    ['put', '/:item', 'name', 'x'.repeat(501)],
    ['patch', '/:item/quantity', 'quantity', undefined],
    ['patch', '/:item/quantity', 'quantity', null],
    ['patch', '/:item/quantity', 'quantity', '5'],
  ] as const)('%s items%s refuses a wrong %s before it looks at the bin: %j', async (method, path, field, value) => {
    const bin = await home.bin({ items: ['A'] });
    const tail = `items${path.replace(':item', bin.items[0]?.id ?? '')}`;
    for (const id of [bin.id, unknown]) {
      const { body } = await send(method, `${id}/${tail}`, { [field]: value }).expect(422);
      expect([body.error, body.message]).toEqual(['VALIDATION_ERROR', expect.stringContaining(field)]);
    }
    expect(await home.items(bin.id)).toEqual(bin.items);
  });

  it('refuses a quantity that is no number', async () => {
    const bin = await home.bin({ items: ['A'] });
    const path = `${bin.id}/items/${bin.items[0]?.id}`;
    const { body } = await send('put', path, { name: 'A', quantity: '5' }).expect(422);
    expect(body.message).toContain('quantity');
  });
});

describe('who may change the items of a bin (6, 10.8)', () => {
  const ways = (id: string): [Method, string, object][] => [
    ['post', '', { items: ['New'] }],
    ['put', '/reorder', { itemIds: [id] }],
    ['patch', `/${id}/quantity`, { quantity: 2 }],
    ['put', `/${id}`, { name: 'Renamed' }],
    ['delete', `/${id}`, {}],
  ];

  it('is its maker, if a member, and administrators', async () => {
    const { admin, member, viewer, stranger } = home;
    const expected: [Person, Person, number][] = [
      [admin, admin, 200],
      [admin, member, 403],
      [admin, viewer, 403],
      [admin, stranger, 404],
      [member, admin, 200],
      [member, member, 200],
    ];
    for (const [maker, caller, status] of expected) {
      const bin = await home.bin({ items: ['A'] }, maker);
      for (const [method, path, body] of ways(bin.items[0]?.id ?? '')) {
        const answer = await send(method, `${bin.id}/items${path}`, body, caller);
        expect([method, path, answer.status]).toEqual([
          method,
          path,
          status === 200 && path === '' ? 201 : status,
        ]);
      }
      if (status !== 200) expect(await home.items(bin.id)).toEqual(bin.items);
    }
  });

  it('is not a viewer who has made it, and nobody while it is in the trash or private to another', async () => {
    const { viewer, member } = home;
    const own = await home.bin({ items: ['A'] });
    await home.db.bin.update({ where: { id: own.id }, data: { createdById: viewer.account.id } });
    const thrown = await home.bin({ items: ['A'] });
    await home.trash(thrown.id);
    const hidden = await home.bin({ items: ['A'], visibility: 'private' }, member);
    for (const [bin, who, status] of [
      [own, viewer, 403],
      [thrown, home.admin, 404],
      [hidden, home.admin, 404],
    ] as const) {
      for (const [method, path, body] of ways(bin.items[0]?.id ?? '')) {
        expect((await send(method, `${bin.id}/items${path}`, body, who)).status).toBe(status);
      }
    }
  });

  it('reaches an item only through its own bin, and no deleted one', async () => {
    const [bin, other] = [await home.bin({ items: ['A', 'B'] }), await home.bin()];
    const [a, b] = bin.items.map(({ id }) => id) as [string, string];
    await home.db.binItem.update({ where: { id: b }, data: { deletedAt: new Date() } });
    for (const [binId, id] of [
      [other.id, a],
      [bin.id, b],
      [bin.id, unknown],
    ] as const) {
      for (const [method, path, body] of ways(id).slice(1)) {
        const status = path === '/reorder' ? 422 : 404;
        expect((await send(method, `${binId}/items${path}`, body)).status).toBe(status);
      }
    }
  });
});
