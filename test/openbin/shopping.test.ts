import { describe, expect, it } from 'vitest';
import { statuses, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();

const unknown = '01900000-0000-7000-8000-000000000000';
interface Entry {
  readonly id: string;
  readonly name: string;
}
const list = async (as: Person = home.viewer): Promise<Entry[]> => {
  const { body } = await home.call('get', `/locations/${home.locationId}/shopping-list`, as.key).expect(200);
  expect(body.count).toBe(body.results.length);
  return body.results;
};
const add = (body: object, as: Person = home.member) =>
  home.call('post', `/locations/${home.locationId}/shopping-list`, as.key).send(body);
const addFor = (binId: string, body: object, as: Person = home.member) =>
  home.call('post', `/bins/${binId}/shopping-list`, as.key).send(body);
const purchase = (id: string, as: Person = home.member) =>
  home.call('post', `/shopping-list/${id}/purchase`, as.key);
const remove = (id: string, as: Person = home.member) => home.call('delete', `/shopping-list/${id}`, as.key);
const entryOf = async (binId: string, name = 'Milk', as: Person = home.member): Promise<Entry> =>
  (await addFor(binId, { names: [name] }, as).expect(201)).body.entries[0];
const names = async (binId: string) => (await home.items(binId)).map(({ name }) => name);
const logged = async (entryId: string) => {
  const { results } = await home.log(home.locationId, home.admin, `?entity_id=${entryId}`);
  return results.map(({ entity_type, entity_name, action, changes }) => [
    entity_type,
    entity_name,
    action,
    changes,
  ]);
};

describe('the shopping list (23)', () => {
  it('takes entries with a bin and without, and shows the newest first', async () => {
    const { member, locationId } = home;
    const bin = await home.bin({ name: 'Fridge', icon: 'Milk', color: 'white' });
    const { body } = await add({ name: ' Bread ', originBinId: null }).expect(201);
    const bread = {
      id: expect.any(String),
      location_id: locationId,
      name: 'Bread',
      origin_bin_id: null,
      origin_bin_name: null,
      origin_bin_icon: null,
      origin_bin_color: null,
      origin_bin_trashed: false,
      created_by: member.account.id,
      created_by_name: 'Mia',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
    };
    expect(body).toEqual({ entry: bread });
    const { body: milk } = await add({ name: 'Milk', originBinId: bin.id }).expect(201);
    expect(milk.entry).toEqual({
      ...bread,
      name: 'Milk',
      origin_bin_id: bin.id,
      origin_bin_name: 'Fridge',
      origin_bin_icon: 'Milk',
      origin_bin_color: 'white',
    });
    expect((await list()).slice(0, 2)).toEqual([milk.entry, body.entry]);
    expect(await logged(milk.entry.id)).toEqual([
      ['shopping_list', 'Milk', 'create', { added: { old: null, new: 'Milk' } }],
    ]);
  });

  it('takes several things of a bin at once, also the same twice, in their order', async () => {
    const bin = await home.bin();
    const given = Array.from({ length: 50 }, (_, n) => (n < 2 ? 'Same' : `Thing ${n}`));
    const { body } = await addFor(bin.id, { names: given }).expect(201);
    expect([body.count, body.entries.map(({ name }: Entry) => name)]).toEqual([50, given]);
    expect((await list()).slice(0, 50)).toEqual([...body.entries].reverse());
  });

  it('shows what came after many at once above them, and nothing from the future', async () => {
    const [first, second] = [await home.bin(), await home.bin()];
    const many = Array.from({ length: 50 }, (_, at) => `n${at}`);
    await addFor(first.id, { names: many }).expect(201);
    const { body } = await addFor(second.id, { names: ['later', 'last'] }).expect(201);
    expect(body.entries.map(({ name }: Entry) => name)).toEqual(['later', 'last']);
    const newest: string = body.entries.at(-1).created_at;
    expect(Date.parse(newest)).toBeLessThanOrEqual(Date.now());
    await add({ name: 'single' }).expect(201);
    const shown = (await list()).slice(0, 53).map(({ name }) => name);
    expect(shown).toEqual(['single', 'last', 'later', ...many.toReversed()]);
  });

  it('takes names of up to 200 characters, however many bytes they are', async () => {
    const bin = await home.bin();
    const name = '🦊'.repeat(200);
    expect((await add({ name: ` ${name} ` }).expect(201)).body.entry.name).toBe(name);
    expect((await addFor(bin.id, { names: [`${name}\n`] }).expect(201)).body.entries[0].name).toBe(name);
  });

  it('grows by nothing but that: not by what is taken out, removed or used up (S14)', async () => {
    const { member } = home;
    const bin = await home.bin({ items: ['A', { name: 'B', quantity: 1 }, 'C', 'D'] }, member);
    const [a, b, c, d] = bin.items.map(({ id }) => id);
    const before = await list();
    const send = (method: 'post' | 'patch' | 'delete', path: string, body: object = {}) =>
      home.call(method, path, member.key).send(body);
    await send('post', `/bins/${bin.id}/items/${a}/checkout`).expect(201);
    await send('patch', `/bins/${bin.id}/items/${b}/quantity`, { quantity: 0 }).expect(200);
    await send('delete', `/bins/${bin.id}/items/${c}`).expect(200);
    await send('post', '/items/bulk-delete', { ids: [d] }).expect(200);
    expect(await list()).toEqual(before);
  });

  it('refuses what does not fit, and changes nothing', async () => {
    const bin = await home.bin();
    const before = await list();
    for (const name of [undefined, '', ' \u200b ', 5, 'x'.repeat(201)]) {
      const { body } = await add({ name }, home.stranger).expect(422);
      expect(body.message).toContain('name');
    }
    for (const input of [
      undefined,
      [],
      'Milk',
      [5],
      ['Milk', ' '],
      ['x'.repeat(201)],
      Array.from({ length: 51 }, () => 'a'),
    ]) {
      for (const id of [bin.id, unknown]) {
        const { body } = await addFor(id, { names: input }).expect(422);
        expect(body.message).toContain('names');
      }
    }
    await add({ name: 'Milk', originBinId: 5 }).expect(422);
    expect(await list()).toEqual(before);
  });

  it('takes no bin that is unknown, invisible, thrown away or elsewhere', async () => {
    const { admin, member } = home;
    const office = await home.location(member, 'Office');
    const elsewhere = await home.bin({ locationId: office.id }, member);
    const hidden = await home.bin({ visibility: 'private' }, admin);
    const thrown = await home.bin();
    await home.trash(thrown.id);
    const before = await list();
    for (const { id } of [{ id: unknown }, hidden, thrown, elsewhere])
      await add({ name: 'Milk', originBinId: id }).expect(404);
    for (const { id } of [{ id: unknown }, hidden, thrown]) await addFor(id, { names: ['Milk'] }).expect(404);
    expect(await list()).toEqual(before);
  });

  it('is read by everybody in the location, and written by members', async () => {
    const { admin, member, viewer, stranger, locationId } = home;
    const bin = await home.bin();
    for (const [who, status] of [
      [admin, 201],
      [member, 201],
      [viewer, 403],
      [stranger, 403],
    ] as const) {
      await add({ name: 'Milk' }, who).expect(status);
      await addFor(bin.id, { names: ['Milk'] }, who).expect(who === stranger ? 404 : status);
    }
    await home.call('get', `/locations/${locationId}/shopping-list`, stranger.key).expect(403);
    for (const act of [purchase, remove]) {
      const { id } = await entryOf(bin.id);
      for (const who of [viewer, stranger]) await act(id, who).expect(403);
      await act(unknown).expect(404);
      expect((await list()).some((entry) => entry.id === id)).toBe(true);
      await act(id, admin).expect(200);
      await act((await entryOf(bin.id)).id, member).expect(200);
    }
  });
});

describe('crossing out', () => {
  it('puts what was bought at the end of its bin', async () => {
    const bin = await home.bin({ items: ['Butter'] });
    const { id } = await entryOf(bin.id);
    const { body } = await purchase(id).expect(200);
    expect(body).toEqual({
      deleted: true,
      restored: { binId: bin.id, itemId: expect.any(String), name: 'Milk' },
    });
    const [, milk] = await home.items(bin.id);
    expect(milk).toEqual({ id: body.restored.itemId, name: 'Milk', quantity: null });
    const { body: after } = await home.call('get', `/bins/${bin.id}`, home.admin.key);
    expect(after.updated_at > String(bin.updated_at)).toBe(true);
    expect((await list()).some((entry) => entry.id === id)).toBe(false);
    expect(await logged(id)).toEqual([
      ['shopping_list', 'Milk', 'delete', { purchased: { old: 'Milk', new: null } }],
      ['shopping_list', 'Milk', 'create', { added: { old: null, new: 'Milk' } }],
    ]);
    const { body: found } = await home.call(
      'get',
      `/items?location_id=${home.locationId}&q=milk&limit=9`,
      home.viewer.key,
    );
    expect(found.results.map((item: Entry) => item.id)).toContain(body.restored.itemId);
  });

  it('is done by exactly one of several at once', async () => {
    const bin = await home.bin();
    const { id } = await entryOf(bin.id);
    const answers = await Promise.all([purchase(id), purchase(id, home.admin), purchase(id), remove(id)]);
    expect(statuses(answers)).toEqual([200, 404, 404, 404]);
    const bought = answers.slice(0, 3).some(({ status }) => status === 200);
    expect(await names(bin.id)).toEqual(bought ? ['Milk'] : []);
    await purchase(id).expect(404);
  });

  it('only removes what was not bought', async () => {
    const bin = await home.bin();
    const { id } = await entryOf(bin.id);
    await remove(id).expect(200, { ok: true });
    await remove(id).expect(404);
    expect(await names(bin.id)).toEqual([]);
    expect((await logged(id))[0]).toEqual([
      'shopping_list',
      'Milk',
      'delete',
      { removed: { old: 'Milk', new: null } },
    ]);
  });

  it('puts nothing anywhere without a bin, or with one in the trash or gone', async () => {
    const { body } = await add({ name: 'Bread' });
    await purchase(body.entry.id).expect(200, { deleted: true, restored: null });
    const bin = await home.bin({ name: 'Fridge' });
    const [first, second] = [await entryOf(bin.id), await entryOf(bin.id, 'Eggs')];
    const originOf = async () => (await list()).find(({ id }) => id === second.id);
    await home.trash(bin.id);
    expect(await originOf()).toMatchObject({
      origin_bin_id: bin.id,
      origin_bin_name: 'Fridge',
      origin_bin_trashed: true,
    });
    await purchase(first.id).expect(200, { deleted: true, restored: null });
    await home.call('delete', `/bins/${bin.id}/permanent`, home.admin.key).expect(200);
    expect(await originOf()).toMatchObject({
      origin_bin_id: null,
      origin_bin_name: null,
      origin_bin_trashed: false,
    });
    await purchase(second.id).expect(200, { deleted: true, restored: null });
    expect(await home.db.binItem.count({ where: { binId: bin.id } })).toBe(0);
  });

  it('tells nobody of another’s private bin when the trash is emptied either', async () => {
    const { admin, member, viewer } = home;
    const bin = await home.bin({ visibility: 'private' }, member);
    const { id } = await entryOf(bin.id, 'Secret');
    await home.trash(bin.id, member);
    const deletedAt = new Date(Date.now() - 31 * 24 * 3600_000);
    await home.db.bin.update({ where: { id: bin.id }, data: { deletedAt } });
    await home.call('get', `/bins/trash?location_id=${home.locationId}`, viewer.key).expect(200);
    await home.services.background.drain();
    expect(await home.db.bin.count({ where: { id: bin.id } })).toBe(0);
    expect((await list(member)).find((entry) => entry.id === id)).toMatchObject({ origin_bin_id: null });
    for (const who of [admin, viewer]) {
      expect(JSON.stringify(await list(who))).not.toContain('Secret');
      await remove(id, who).expect(404);
    }
  });

  it('tells nobody of another’s private bin', async () => {
    const { admin, member, viewer, stranger } = home;
    const bin = await home.bin({ visibility: 'private' }, member);
    const { id } = await entryOf(bin.id, 'Present');
    for (const who of [admin, viewer]) {
      expect(JSON.stringify(await list(who))).not.toContain(id);
      for (const act of [purchase, remove]) await act(id, who).expect(404);
    }
    for (const act of [purchase, remove]) await act(id, stranger).expect(404);
    expect((await list(member)).some((entry) => entry.id === id)).toBe(true);
    const open = await home.bin({}, member);
    const entry = await entryOf(open.id, 'Later private', admin);
    await home.call('put', `/bins/${open.id}`, member.key).send({ visibility: 'private' }).expect(200);
    await purchase(entry.id, admin).expect(404);
    await home.trash(bin.id, member);
    expect(JSON.stringify(await list(admin))).not.toContain(id);
    await purchase(entry.id, member).expect(200);
  });
});

it('takes a constant number of statements', async () => {
  const bin = await home.bin();
  const count = async (amount: number) => {
    const wanted = Array.from({ length: amount }, (_, n) => `Thing ${n}`);
    return (await home.statements(() => addFor(bin.id, { names: wanted }).expect(201))).length;
  };
  expect(await count(50)).toBe(await count(2));
});
