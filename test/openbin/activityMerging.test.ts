import { beforeAll, describe, expect, it } from 'vitest';
import { type BinBody, useHousehold } from './household.ts';
import type { Person } from './support.ts';

// OpenBin 17, "Merging": updates of one bin by one person within two minutes are one row.
const home = useHousehold();
let admin: Person;
let member: Person;
beforeAll(async () => {
  ({ admin, member } = home);
});

const change = (bin: BinBody, body: object, bearer = admin.key) =>
  home.call('put', `/bins/${bin.id}`, bearer).send(body).expect(200);
/** The updates of a bin in the log, newest first. */
const updates = async (bin: BinBody) =>
  (await home.log(home.locationId, admin, `?entity_id=${bin.id}`)).results.filter(
    ({ action }) => action === 'update',
  );
const changesOf = async (bin: BinBody) => (await updates(bin)).map(({ changes }) => changes);
/** As if everything so far had been done so many seconds earlier. */
async function earlier(bin: BinBody, seconds: number): Promise<void> {
  await home.services.background.drain();
  for (const { id, createdAt } of await home.db.activity.findMany({ where: { entityId: bin.id } }))
    await home.db.activity.update({
      where: { id },
      data: { createdAt: new Date(createdAt.getTime() - seconds * 1000) },
    });
}

describe('two quick updates', () => {
  it('are one row with the moment of the second, the earliest values before and the latest after', async () => {
    const bin = await home.bin({ name: 'One', notes: 'n' });
    await change(bin, { name: 'Two', icon: 'Box' });
    const [first] = await updates(bin);
    await home.bin({ name: 'In between' });
    await change(bin, { name: 'Three', notes: '' });
    const rows = await updates(bin);
    expect(rows).toEqual([
      {
        ...first,
        entity_name: 'Three',
        changes: {
          name: { old: 'One', new: 'Three' },
          icon: { old: '', new: 'Box' },
          notes: { old: 'n', new: '' },
        },
        created_at: expect.any(String),
      },
    ]);
    expect(String(rows[0]?.created_at) > String(first?.created_at)).toBe(true);
    const { results } = await home.log(home.locationId, admin, '?limit=2');
    expect(results.map(({ entity_name: name }) => name)).toEqual(['Three', 'In between']);
  });

  it('are one row when they are 120 seconds apart at most', async () => {
    const bin = await home.bin();
    await change(bin, { notes: 'a' });
    await earlier(bin, 115);
    await change(bin, { notes: 'b' });
    expect(await changesOf(bin)).toEqual([{ notes: { old: '', new: 'b' } }]);
    await earlier(bin, 115);
    await change(bin, { notes: 'c' });
    expect(await changesOf(bin)).toEqual([{ notes: { old: '', new: 'c' } }]);
    await earlier(bin, 120.5);
    await change(bin, { notes: 'd' });
    expect(await changesOf(bin)).toEqual([
      { notes: { old: 'c', new: 'd' } },
      { notes: { old: '', new: 'c' } },
    ]);
  });

  it('are two rows when two people made them, each of whom goes on with their own', async () => {
    const bin = await home.bin({}, member);
    await change(bin, { notes: 'a' });
    await change(bin, { icon: 'Box' }, member.key);
    expect(await changesOf(bin)).toEqual([
      { icon: { old: '', new: 'Box' } },
      { notes: { old: '', new: 'a' } },
    ]);
    await change(bin, { notes: 'b' });
    const rows = await updates(bin);
    expect(rows.map(({ user_id: by, changes }) => [by, changes])).toEqual([
      [admin.account.id, { notes: { old: '', new: 'b' } }],
      [member.account.id, { icon: { old: '', new: 'Box' } }],
    ]);
  });

  it('are two rows when one was made with a key and one with a session, each going on', async () => {
    const bin = await home.bin();
    const session = await home.makeSession(admin.account);
    await change(bin, { notes: 'key' });
    await change(bin, { notes: 'session' }, session);
    await change(bin, { icon: 'Key' });
    await change(bin, { icon: 'Session' }, session);
    const rows = await updates(bin);
    expect(rows.map(({ auth_method: by, changes }) => [by, changes])).toEqual([
      ['jwt', { notes: { old: 'key', new: 'session' }, icon: { old: 'Key', new: 'Session' } }],
      ['api_key', { notes: { old: '', new: 'key' }, icon: { old: '', new: 'Key' } }],
    ]);
  });

  it('are two rows for two bins, and none joins what is no update', async () => {
    const [one, two] = [await home.bin(), await home.bin()];
    await change(one, { notes: 'a' });
    await change(two, { notes: 'a' });
    await home.call('post', `/bins/${one.id}/change-code`, admin.key).send({ code: 'MERGE1' }).expect(200);
    await home.trash(one.id);
    expect((await home.actions(one.id)).map(([action]) => action)).toEqual([
      'delete',
      'code_changed',
      'update',
      'create',
    ]);
    expect((await home.actions(two.id)).map(([action]) => action)).toEqual(['update', 'create']);
  });

  it('join no rows of areas, locations and members', async () => {
    const inLocation = `/locations/${home.locationId}`;
    const { body: area } = await home.call('post', `${inLocation}/areas`, admin.key).send({ name: 'A0' });
    for (const name of ['A1', 'A2']) {
      await home.call('put', `${inLocation}/areas/${area.id}`, admin.key).send({ name }).expect(200);
      await home.call('put', inLocation, admin.key).send({ app_name: name }).expect(200);
    }
    expect(await home.actions(area.id)).toEqual([
      ['update', { name: { old: 'A1', new: 'A2' } }],
      ['update', { name: { old: 'A0', new: 'A1' } }],
      ['create', null],
    ]);
    expect((await home.actions(home.locationId)).slice(0, 2)).toEqual([
      ['update', { app_name: { old: 'A1', new: 'A2' } }],
      ['update', { app_name: { old: 'OpenBin', new: 'A1' } }],
    ]);
  });

  it('are no row when the second takes the first back', async () => {
    const bin = await home.bin({ name: 'Same', tags: ['x'] });
    await change(bin, { name: 'Other', tags: ['x', 'y'] });
    await change(bin, { name: 'Same' });
    expect(await changesOf(bin)).toEqual([{ tags: { old: ['x'], new: ['x', 'y'] } }]);
    await change(bin, { tags: ['x'] });
    expect(await updates(bin)).toEqual([]);
  });
});

describe('updates of items', () => {
  const items = (bin: BinBody, names: string[]) => change(bin, { items: names });

  it('join their lists in order, and what was added and removed again cancels out', async () => {
    const bin = await home.bin({ items: ['A', 'B'] });
    await items(bin, ['A', 'B', 'C']);
    await items(bin, ['B', 'C', 'D']);
    expect(await changesOf(bin)).toEqual([
      { items_added: { old: null, new: ['C', 'D'] }, items_removed: { old: ['A'], new: null } },
    ]);
    await items(bin, ['B', 'D']);
    expect(await changesOf(bin)).toEqual([
      { items_added: { old: null, new: ['D'] }, items_removed: { old: ['A'], new: null } },
    ]);
    await items(bin, ['A', 'B', 'D']);
    expect(await changesOf(bin)).toEqual([{ items_added: { old: null, new: ['D'] } }]);
    await items(bin, ['A', 'B']);
    expect(await updates(bin)).toEqual([]);
  });

  it('cancel as often as a name was there', async () => {
    const bin = await home.bin();
    await items(bin, ['A', 'A', 'A']);
    await items(bin, ['A']);
    expect(await changesOf(bin)).toEqual([{ items_added: { old: null, new: ['A'] } }]);
  });

  it('tell nothing of an item that came, got another name and went again', async () => {
    const bin = await home.bin();
    const { body } = await home
      .call('post', `/bins/${bin.id}/items`, admin.key)
      .send({ items: ['Saw', 'Old', 'Axe'] })
      .expect(201);
    const path = `/bins/${bin.id}/items/${body.items[1].id}`;
    await home.call('put', path, admin.key).send({ name: 'New' }).expect(200);
    await home.call('delete', path, admin.key).expect(200);
    expect(await changesOf(bin)).toEqual([{ items_added: { old: null, new: ['Saw', 'Axe'] } }]);
  });

  it('make a chain of renames, and of counts, of one item', async () => {
    const bin = await home.bin({ items: [{ name: 'One', quantity: 1 }] });
    const path = `/bins/${bin.id}/items/${bin.items[0]?.id}`;
    for (const name of ['Two', 'Three', 'Four'])
      await home.call('put', path, admin.key).send({ name }).expect(200);
    for (const quantity of [2, 3])
      await home.call('patch', `${path}/quantity`, admin.key).send({ quantity }).expect(200);
    expect(await changesOf(bin)).toEqual([
      {
        items_renamed: { old: 'One', new: 'Four' },
        items_quantity: { old: { name: 'Four', qty: 1 }, new: { name: 'Four', qty: 3 } },
      },
    ]);
  });

  it('lose nothing that one row cannot tell: renames of two items, two that are taken out', async () => {
    const bin = await home.bin({ items: ['A', 'B'] });
    const [a, b] = bin.items.map(({ id }) => `/bins/${bin.id}/items/${id}`) as [string, string];
    await home.call('put', a, admin.key).send({ name: 'A2' }).expect(200);
    await home.call('put', b, admin.key).send({ name: 'B2' }).expect(200);
    for (const path of [a, b]) await home.call('post', `${path}/checkout`, admin.key).expect(201);
    const told = (await changesOf(bin)).flatMap((changes) =>
      Object.entries(changes as Record<string, { old: unknown; new: unknown }>).map(
        ([field, { old, new: now }]) => `${field} ${old} ${now}`,
      ),
    );
    expect(told.sort()).toEqual([
      'item_checked_out null A2',
      'item_checked_out null B2',
      'items_renamed A A2',
      'items_renamed B B2',
    ]);
  });

  it('say nothing of an update that changed nothing that is logged', async () => {
    const bin = await home.bin({ items: [{ name: 'A', quantity: 1 }, 'B'], tags: ['x'] });
    await change(bin, {});
    await change(bin, { name: 'Tools', notes: '', tags: ['x'], areaId: null });
    await change(bin, { items: ['B', { name: 'A', quantity: 2 }] });
    expect(await updates(bin)).toEqual([]);
  });
});
