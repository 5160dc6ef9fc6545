import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();
let admin: Person;
let member: Person;
let viewer: Person;
let stranger: Person;
beforeAll(async () => {
  ({ admin, member, viewer, stranger } = home);
});

const remove = (id: string, as = admin) => home.call('delete', `/bins/${id}`, as.key);
const restore = (id: string, as = admin) => home.call('post', `/bins/${id}/restore`, as.key);
const erase = (id: string, as = admin) => home.call('delete', `/bins/${id}/permanent`, as.key);
const get = (id: string, as = admin) => home.call('get', `/bins/${id}`, as.key);
const trash = (as = admin, query = `location_id=${home.locationId}`) =>
  home.call('get', `/bins/trash?${query}`, as.key);
const trashed = async (as = admin) =>
  ((await trash(as).expect(200)).body.results as { id: string }[]).map(({ id }) => id);
const age = (id: string, days: number) =>
  home.db.bin.update({ where: { id }, data: { deletedAt: new Date(Date.now() - days * 24 * 3600_000) } });

describe('DELETE /bins/{id} (10.7)', () => {
  it('puts the bin into the trash and answers it as it was', async () => {
    const bin = await home.bin({ items: ['A'], tags: ['t'] });
    const { body } = await remove(bin.id).expect(200);
    expect(body).toEqual(bin);
    await get(bin.id).expect(410);
    const list = await home.call('get', `/bins?location_id=${home.locationId}`, admin.key).expect(200);
    expect(list.body.results.map(({ id }: { id: string }) => id)).not.toContain(bin.id);
    expect(await home.actions(bin.id)).toEqual([
      ['delete', null],
      ['create', null],
    ]);
  });

  it('is for administrators and for members who made the bin', async () => {
    const others = await home.bin();
    const own = await home.bin({}, member);
    for (const [id, as, status] of [
      [others.id, stranger, 404],
      [others.id, viewer, 403],
      [others.id, member, 403],
      ['unknown', admin, 404],
      [own.id, member, 200],
      [own.id, member, 404],
      [others.id, admin, 200],
    ] as const) {
      expect((await remove(id, as)).status).toBe(status);
    }
  });

  it('hides other people’s private bins from administrators', async () => {
    const hidden = await home.bin({ visibility: 'private' }, member);
    await remove(hidden.id, admin).expect(404);
    await remove(hidden.id, member).expect(200);
    expect(await trashed(admin)).not.toContain(hidden.id);
    expect(await trashed(member)).toContain(hidden.id);
    await restore(hidden.id, admin).expect(404);
    await erase(hidden.id, admin).expect(404);
    await restore(hidden.id, member).expect(403);
  });

  it('lets one of many parallel calls do it, and logs it once', async () => {
    const bin = await home.bin();
    const answers = await Promise.all(Array.from({ length: 6 }, () => remove(bin.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404]);
    expect(await home.actions(bin.id)).toEqual([
      ['delete', null],
      ['create', null],
    ]);
  });
});

describe('GET /bins/trash (10.7, 10.9)', () => {
  it('lists the last one thrown away first, with its moment and without the pin', async () => {
    const [a, b, c] = [await home.bin(), await home.bin(), await home.bin()];
    for (const { id } of [b, a, c]) await home.trash(id);
    const { body } = await trash(viewer).expect(200);
    expect(body.count).toBe(body.results.length);
    expect(body.results.slice(0, 3)).toEqual(
      [c, a, b].map((bin) => ({ ...bin, deleted_at: expect.stringMatching(/Z$/) })),
    );
  });

  it('takes either name of its parameter, and is for those who belong there', async () => {
    await trash(viewer, `locationId=${home.locationId}`).expect(200);
    await trash(stranger).expect(403);
    await trash(admin, 'location_id=unknown').expect(403);
    for (const query of ['', 'location_id=', `location_id=${home.locationId}&location_id=x`]) {
      const { status, body } = await trash(admin, query);
      expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
      expect(body.message).toContain('location_id');
    }
  });

  it('ends at 500', async () => {
    const { id: locationId } = await home.location(admin, 'Full');
    await home.db.bin.createMany({
      data: Array.from({ length: 502 }, (_, at) => ({
        id: newId(),
        locationId,
        name: `b${at}`,
        nameKey: `b${at}`,
        shortCode: `T${String(at).padStart(5, '0')}`,
        deletedAt: new Date(Date.now() - at * 1000),
      })),
    });
    const { body } = await trash(admin, `location_id=${locationId}`).expect(200);
    expect(body.count).toBe(500);
    expect(body.results[0].name).toBe('b0');
    expect(body.results[499].name).toBe('b499');
  });

  it('purges what lay there longer than the location keeps it, and nothing else', async () => {
    const [old, young, elsewhere] = [await home.bin({ items: ['A'] }), await home.bin(), await home.bin()];
    for (const { id } of [old, young, elsewhere]) await home.trash(id);
    const other = await home.location(admin, 'Other');
    await home.db.bin.update({ where: { id: elsewhere.id }, data: { locationId: other.id } });
    await age(old.id, 31);
    await age(young.id, 29);
    await age(elsewhere.id, 31);
    expect(await trashed(viewer)).not.toContain(old.id);
    await home.services.background.drain();
    const left = await home.db.bin.findMany({ where: { id: { in: [old.id, young.id, elsewhere.id] } } });
    expect(left.map(({ id }) => id).sort()).toEqual([young.id, elsewhere.id].sort());
    expect(await home.db.binItem.count({ where: { binId: old.id } })).toBe(0);

    await home.call('put', `/locations/${home.locationId}`, admin.key).send({ trash_retention_days: 7 });
    expect(await trashed()).not.toContain(young.id);
    await home.services.background.drain();
    expect(await home.db.bin.findUnique({ where: { id: young.id } })).toBeNull();
    await home.call('put', `/locations/${home.locationId}`, admin.key).send({ trash_retention_days: 30 });
  });

  it('never purges a bin whose restoring was answered with 200', async () => {
    const bins = await Promise.all(Array.from({ length: 8 }, () => home.bin()));
    for (const { id } of bins) {
      await home.trash(id);
      await age(id, 40);
    }
    const answers = await Promise.all(
      bins.map(async ({ id }, at) => {
        if (at % 2 === 0) await trash();
        const [{ status }] = await Promise.all([restore(id), trash()]);
        return { id, status };
      }),
    );
    await home.services.background.drain();
    for (const { id, status } of answers) {
      const row = await home.db.bin.findUnique({ where: { id } });
      expect([status, row === null]).toEqual(status === 200 ? [200, false] : [404, true]);
      if (status === 200) await get(id).expect(200);
    }
  });

  it('does not wait for the purge, and takes no lock when nothing is due', async () => {
    const bin = await home.bin();
    await home.trash(bin.id);
    const before = await home.db.location.findUniqueOrThrow({ where: { id: home.locationId } });
    await trash().expect(200);
    await home.services.background.drain();
    const after = await home.db.location.findUniqueOrThrow({ where: { id: home.locationId } });
    expect(after.lockSequence).toBe(before.lockSequence);
  });
});

describe('POST /bins/{id}/restore (10.7)', () => {
  it('brings the bin back with everything in it, and is logged', async () => {
    const area = await home
      .call('post', `/locations/${home.locationId}/areas`, admin.key)
      .send({ name: 'Restored' });
    const { id } = await home.bin({ items: ['A', 'B'], tags: ['t'], areaId: area.body.id }, member);
    // So that it was changed later than it was made, which a restore must not forget.
    const changed = await home.call('put', `/bins/${id}`, member.key).send({ notes: 'n' }).expect(200);
    const { is_pinned: _, ...bin } = changed.body;
    expect(bin.updated_at > bin.created_at).toBe(true);
    await home.call('post', `/bins/${bin.id}/pin`, admin.key).expect(200);
    await home.trash(bin.id);
    expect((await restore(bin.id).expect(200)).body).toEqual(bin);
    expect((await get(bin.id).expect(200)).body).toEqual({ ...bin, is_pinned: 1 });
    expect((await home.actions(bin.id)).slice(0, 2)).toEqual([
      ['restore', null],
      ['delete', null],
    ]);
  });

  it('is for administrators, and only of bins in the trash', async () => {
    const bin = await home.bin({}, member);
    await restore(bin.id).expect(404);
    await home.trash(bin.id);
    await restore(bin.id, stranger).expect(404);
    await restore(bin.id, viewer).expect(403);
    await restore(bin.id, member).expect(403);
    await restore('unknown').expect(404);
    await restore(bin.id).expect(200);
    await restore(bin.id).expect(404);
  });

  it('forgets an area that was deleted meanwhile', async () => {
    const areas = `/locations/${home.locationId}/areas`;
    const { body: area } = await home.call('post', areas, admin.key).send({ name: 'Short-lived' });
    const bin = await home.bin({ areaId: area.id });
    await home.trash(bin.id);
    await home.call('delete', `${areas}/${area.id}`, admin.key).expect(200);
    expect((await restore(bin.id).expect(200)).body).toMatchObject({ area_id: null, area_name: '' });
  });
});

describe('DELETE /bins/{id}/permanent (10.7)', () => {
  it('deletes the bin and what is in it; what is to be bought stays', async () => {
    const { locationId } = home;
    const field = await home
      .call('post', `/locations/${locationId}/custom-fields`, admin.key)
      .send({ name: 'Weight' });
    const bin = await home.bin({ items: ['A'], tags: ['t'], customFields: { [field.body.id]: '3 kg' } });
    await home.call('post', `/bins/${bin.id}/items/${bin.items[0]?.id}/checkout`, admin.key).expect(201);
    await home.call('post', `/bins/${bin.id}/usage`, admin.key).send({ trigger: 'scan' }).expect(201);
    await home.call('post', `/bins/${bin.id}/pin`, admin.key).expect(200);
    await home.call('post', '/scan-history', admin.key).send({ binId: bin.id }).expect(201);
    const entry = await home.db.shoppingEntry.create({
      data: { id: newId(), locationId, name: 'A', originBinId: bin.id },
    });
    await home.trash(bin.id);
    const { body } = await erase(bin.id).expect(200);
    expect(body).toEqual({ message: expect.any(String) });
    await get(bin.id).expect(404);
    await restore(bin.id).expect(404);
    const binId = bin.id;
    expect([
      await home.db.binItem.count({ where: { binId } }),
      await home.db.binPin.count({ where: { binId } }),
      await home.db.binScan.count({ where: { binId } }),
      await home.db.binTag.count({ where: { binId } }),
      await home.db.binUsage.count({ where: { binId } }),
      await home.db.customFieldValue.count({ where: { binId } }),
      await home.db.checkout.count({ where: { originBinId: binId } }),
    ]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(await home.db.shoppingEntry.findUnique({ where: { id: entry.id } })).toMatchObject({
      originBinId: null,
    });
    expect((await home.actions(bin.id))[0]).toEqual(['permanent_delete', null]);
  });

  it('is for administrators, and only of bins in the trash', async () => {
    const bin = await home.bin({}, member);
    await erase(bin.id).expect(404);
    await home.trash(bin.id);
    await erase(bin.id, stranger).expect(404);
    await erase(bin.id, viewer).expect(403);
    await erase(bin.id, member).expect(403);
    await erase(bin.id).expect(200);
    await erase(bin.id).expect(404);
  });

  it('and restoring at once: only one of them happens', async () => {
    for (let round = 0; round < 4; round++) {
      const bin = await home.bin();
      await home.trash(bin.id);
      const [erased, restored] = await Promise.all([erase(bin.id), restore(bin.id)]);
      expect([erased.status, restored.status].sort()).toEqual([200, 404]);
      await get(bin.id).expect(erased.status === 200 ? 404 : 200);
    }
  });
});
