import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { type BinBody, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();
let admin: Person;
let member: Person;
/** Where `admin` administrates and `member` is a member. */
let garage: string;
beforeAll(async () => {
  ({ admin, member } = home);
});
beforeEach(async () => {
  ({ id: garage } = await home.location(admin, 'Garage'));
  await home.belong(member, garage, 'MEMBER');
});

const move = (id: string, locationId: unknown, as = admin) =>
  home.call('post', `/bins/${id}/move`, as.key).send({ locationId });
const get = async (id: string, as = admin) =>
  (await home.call('get', `/bins/${id}`, as.key).expect(200)).body;
const found = async (locationId: string, query: string) =>
  (await home.call('get', `/bins?location_id=${locationId}&q=${query}`, admin.key).expect(200)).body.count;
const field = async (locationId: string, name: string): Promise<string> =>
  (await home.call('post', `/locations/${locationId}/custom-fields`, admin.key).send({ name })).body.id;
const fields = async (locationId: string): Promise<string[]> =>
  (await home.call('get', `/locations/${locationId}/custom-fields`, admin.key)).body.results.map(
    ({ name }: { name: string }) => name,
  );

describe('POST /bins/{id}/move (10.7)', () => {
  it('takes the bin with its id and code to the other location, where it has no area, and logs it in both', async () => {
    const area = await home
      .call('post', `/locations/${home.locationId}/areas`, admin.key)
      .send({ name: `A${garage}` });
    const bin = await home.bin({
      areaId: area.body.id,
      items: ['Hammer'],
      tags: ['steel'],
      notes: 'Wanderlust',
    });
    expect(await found(home.locationId, 'wanderlust')).toBe(1);
    expect(await found(garage, 'wanderlust')).toBe(0);
    const { body } = await move(bin.id, garage).expect(200);
    expect(body).toEqual({
      ...bin,
      location_id: garage,
      area_id: null,
      area_name: '',
      updated_at: expect.any(String),
    });
    expect(await get(bin.id)).toEqual({ ...body, is_pinned: 0 });
    expect(await found(home.locationId, 'wanderlust')).toBe(0);
    expect(await found(garage, 'wanderlust')).toBe(1);
    const location = { old: 'Home', new: 'Garage' };
    expect((await home.actions(bin.id))[0]).toEqual(['move_out', { location }]);
    expect(await home.actions(bin.id, garage)).toEqual([['move_in', { location }]]);
  });

  it('takes along its items, who has them, and what is to be bought for it', async () => {
    const bin = await home.bin({ items: ['A', 'B'] });
    const other = await home.bin({ items: ['C'] });
    const { locationId } = home;
    const checkout = (itemId: string, originBinId: string) =>
      home.db.checkout.create({
        data: { id: newId(), itemId, activeItemId: itemId, originBinId, locationId },
      });
    const entry = (originBinId: string | null) =>
      home.db.shoppingEntry.create({ data: { id: newId(), locationId, name: 'A', originBinId } });
    const rows = [
      await checkout(bin.items[0]?.id ?? '', bin.id),
      await checkout(other.items[0]?.id ?? '', other.id),
    ];
    const entries = [await entry(bin.id), await entry(other.id), await entry(null)];
    await home.removedItem(bin.id);
    await move(bin.id, garage).expect(200);
    const where = async (
      ids: { id: string }[],
      read: (id: string) => Promise<{ locationId: string } | null>,
    ) => Promise.all(ids.map(async ({ id }) => (await read(id))?.locationId));
    expect(await where(rows, (id) => home.db.checkout.findUnique({ where: { id } }))).toEqual([
      garage,
      locationId,
    ]);
    expect(await where(entries, (id) => home.db.shoppingEntry.findUnique({ where: { id } }))).toEqual([
      garage,
      locationId,
      locationId,
    ]);
    expect(await home.db.binItem.count({ where: { binId: bin.id, locationId: garage } })).toBe(3);
    expect(await home.db.binItem.count({ where: { binId: other.id, locationId } })).toBe(1);
  });

  it('carries values to the fields of the same names; an administrator there gets those that are missing', async () => {
    const [weight, colour, shape] = [
      await field(home.locationId, `Weight ${garage}`),
      await field(home.locationId, `Colour ${garage}`),
      await field(home.locationId, `Shape ${garage}`),
    ];
    await field(garage, 'First');
    const there = await field(garage, `Colour ${garage}`);
    const values = { [weight]: '3 kg', [colour]: 'red', [shape]: 'round' };
    const bin = await home.bin({ customFields: values });
    const { body } = await move(bin.id, garage).expect(200);
    expect(await fields(garage)).toEqual([
      'First',
      `Colour ${garage}`,
      `Weight ${garage}`,
      `Shape ${garage}`,
    ]);
    const carried = body.custom_fields as Record<string, string>;
    expect(Object.values(carried).sort()).toEqual(['3 kg', 'red', 'round']);
    expect(carried[there]).toBe('red');
    expect(Object.keys(carried)).not.toContain(weight);
  });

  it('drops the values of missing fields when the mover only is a member there', async () => {
    const { id: shed } = await home.location(member, 'Shed');
    await home.belong(admin, shed, 'MEMBER');
    const [weight, colour] = [
      await field(home.locationId, `W ${shed}`),
      await field(home.locationId, `C ${shed}`),
    ];
    const there = (
      await home.call('post', `/locations/${shed}/custom-fields`, member.key).send({ name: `C ${shed}` })
    ).body.id;
    const bin = await home.bin({ customFields: { [weight]: '3 kg', [colour]: 'red' } });
    const { body } = await move(bin.id, shed).expect(200);
    expect(body.custom_fields).toEqual({ [there]: 'red' });
    expect(await fields(shed)).toEqual([`C ${shed}`]);
  });

  it('keeps pins for those who belong there, and hides the bin from those who do not', async () => {
    const bin = await home.bin();
    for (const { key } of [admin, member]) await home.call('post', `/bins/${bin.id}/pin`, key).expect(200);
    await move(bin.id, garage).expect(200);
    const pinned = async (locationId: string) =>
      (await home.call('get', `/bins/pinned?locationId=${locationId}`, member.key).expect(200)).body.results;
    expect(await pinned(garage)).toMatchObject([{ id: bin.id, is_pinned: 1 }]);
    expect((await pinned(home.locationId)).map(({ id }: BinBody) => id)).not.toContain(bin.id);
    await home.call('get', `/bins/${bin.id}`, home.viewer.key).expect(404);
  });

  it('checks in the order of the contract, and changes nothing', async () => {
    const bin = await home.bin({}, member);
    const before = await get(bin.id);
    const hidden = await home.bin({ visibility: 'private' }, member);
    const { id: foreign } = await home.location(home.stranger, 'Foreign');
    const { id: watched } = await home.location(home.stranger, 'Watched');
    await home.belong(admin, watched, 'VIEWER');
    for (const [id, to, as, status] of [
      ['unknown', undefined, admin, 422],
      ['unknown', '', home.stranger, 422],
      [bin.id, 5, admin, 422],
      ['unknown', garage, admin, 404],
      [bin.id, garage, home.stranger, 404],
      [hidden.id, garage, admin, 404],
      [bin.id, garage, member, 403],
      [bin.id, home.locationId, member, 403],
      [bin.id, garage, home.viewer, 403],
      [bin.id, home.locationId, admin, 422],
      [bin.id, foreign, admin, 403],
      [bin.id, watched, admin, 403],
      [bin.id, 'unknown', admin, 403],
    ] as const) {
      const answer = await move(id, to, as);
      expect(answer.status, JSON.stringify([id, to])).toBe(status);
      if (status === 422) expect(answer.body.message).toContain('locationId');
    }
    await home.trash(hidden.id, member);
    await move(hidden.id, garage, member).expect(404);
    expect(await get(bin.id)).toEqual(before);
    expect(await home.actions(bin.id)).toEqual([['create', null]]);
  });

  it('is refused where the code is in use, the trash included, until the bin has another', async () => {
    const bin = await home.bin({ items: ['A'] });
    const there = await home.bin({ locationId: garage });
    const recode = (id: string, code: string) =>
      home.call('post', `/bins/${id}/change-code`, admin.key).send({ code }).expect(200);
    await recode(there.id, bin.short_code);
    await home.trash(there.id);
    const { status, body } = await move(bin.id, garage);
    expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
    expect(await get(bin.id)).toMatchObject({ location_id: home.locationId, items: bin.items });
    await recode(bin.id, 'FREE42');
    await move(bin.id, garage).expect(200);
  });

  it('goes on in opposite directions at once, without a deadlock', async () => {
    const here = await Promise.all(Array.from({ length: 6 }, () => home.bin({ items: ['A'] })));
    const there = await Promise.all(
      Array.from({ length: 6 }, () => home.bin({ locationId: garage, items: ['A'] })),
    );
    const answers = await Promise.all([
      ...here.map(({ id }) => move(id, garage)),
      ...there.map(({ id }) => move(id, home.locationId)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    const ids = here.map(({ id }) => id);
    expect(await home.db.binItem.count({ where: { binId: { in: ids }, locationId: garage } })).toBe(6);
  });

  it('happens once when many move the same bin at once, and not to a bin that was just trashed', async () => {
    const bin = await home.bin();
    const shed = await home.location(admin, 'Shed');
    const answers = await Promise.all([move(bin.id, garage), move(bin.id, shed.id), move(bin.id, garage)]);
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeGreaterThan(0);
    const { location_id: at } = await get(bin.id);
    expect([garage, shed.id]).toContain(at);
    const moves = (await home.actions(bin.id)).filter(([action]) => action === 'move_out');
    expect(moves).toHaveLength(1);

    const other = await home.bin();
    const [moved] = await Promise.all([
      move(other.id, garage),
      home.call('delete', `/bins/${other.id}`, admin.key),
    ]);
    const row = await home.db.bin.findUniqueOrThrow({ where: { id: other.id } });
    expect(row.locationId).toBe(moved.status === 200 ? garage : home.locationId);
  });
});
