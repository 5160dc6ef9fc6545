import { describe, expect, it } from 'vitest';
import { statuses, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold({ BULK_MAX_SELECTION: '20' });

const unknown = '01900000-0000-7000-8000-000000000000';
const bulk = (what: string, body: object, as: Person = home.member) =>
  home.call('post', `/items/bulk-${what}`, as.key).send(body);
const idsOf = (bin: { items: readonly { id: string }[] }) => bin.items.map(({ id }) => id);
const names = async (binId: string) => (await home.items(binId)).map(({ name }) => name).join('');
const lastBulk = async () => {
  const { results } = await home.log(home.locationId, home.admin, '?entity_type=item&limit=1');
  return results[0];
};

/** Every bulk route with the body that it needs beside the ids, and what it answers when nothing is left. */
const routes = (targetBinId: string): [string, object, object][] => [
  ['delete', {}, { deleted: 0 }],
  ['restore', {}, { restored: 0 }],
  ['checkout', {}, { checkedOut: 0, errors: expect.any(Array) }],
  ['move', { targetBinId }, { moved: 0 }],
  ['quantity', { op: 'inc', value: 1 }, { updated: 0, removed: 0 }],
];

describe('every bulk route (25.1)', () => {
  it('wants ids, and not too many', async () => {
    const target = await home.bin();
    for (const [what, extra] of routes(target.id)) {
      for (const ids of [undefined, null, [], [''], ['a', ''], [5], 'a', {}]) {
        const { status, body } = await bulk(what, { ids, ...extra });
        expect([what, status, body.error]).toEqual([what, 422, 'VALIDATION_ERROR']);
        expect(body.message).toContain('ids');
      }
      const many = Array.from({ length: 21 }, (_, n) => `id${n}`);
      const { status, body } = await bulk(what, { ids: [...many, 'id0'], ...extra });
      expect([status, body]).toEqual([
        422,
        { error: 'SELECTION_TOO_LARGE', message: expect.any(String), max: 20, requested: 21 },
      ]);
      await bulk(what, { ids: [...many.slice(1), 'id1'], ...extra }).expect(200);
    }
  });

  it('leaves alone what is unknown, in the trash, or in other people’s private bins, and logs nothing then', async () => {
    const { admin, member, viewer, stranger, locationId } = home;
    const target = await home.bin();
    const hidden = await home.bin({ items: ['Secret'], visibility: 'private' }, admin);
    const thrown = await home.bin({ items: ['Old'] });
    await home.trash(thrown.id);
    const ids = [unknown, '\ud800', ...idsOf(hidden), ...idsOf(thrown)];
    const { count } = await home.log(locationId, admin);
    for (const [what, extra, answer] of routes(target.id)) {
      expect((await bulk(what, { ids, ...extra }, member).expect(200)).body).toEqual(answer);
      if (what !== 'move') {
        for (const who of [viewer, stranger])
          expect((await bulk(what, { ids, ...extra }, who).expect(200)).body).toEqual(answer);
      }
    }
    expect((await home.log(locationId, admin)).count).toBe(count);
    expect(await names(hidden.id)).toBe('Secret');
  });

  it('is for members, of one location at a time', async () => {
    const { member, viewer, stranger } = home;
    const bin = await home.bin({ items: ['A'] });
    const elsewhere = await home.location(member, 'Office');
    const { body: other } = await home
      .call('post', '/bins', member.key)
      .send({ locationId: elsewhere.id, name: 'Desk', items: ['Pen'] });
    for (const [what, extra] of routes(bin.id)) {
      const deletedAt = what === 'restore' ? new Date() : null;
      const ids = [...idsOf(bin), ...idsOf(other)];
      await home.db.binItem.updateMany({ where: { id: { in: ids } }, data: { deletedAt } });
      await bulk(what, { ids: idsOf(bin), ...extra }, viewer).expect(403);
      const { body, status } = await bulk(what, { ids, ...extra });
      expect([status, body.message]).toEqual([422, expect.stringContaining('ids')]);
      const { status: outside } = await bulk(what, { ids: idsOf(bin), ...extra }, stranger);
      expect(outside).toBe(what === 'move' ? 404 : 200);
    }
    await home.db.binItem.updateMany({ where: { id: { in: idsOf(bin) } }, data: { deletedAt: null } });
    expect(await home.items(bin.id)).toEqual(bin.items);
    await bulk('move', { ids: idsOf(other), targetBinId: bin.id }).expect(200, { moved: 0 });
  });

  it('takes a constant number of statements', async () => {
    const target = await home.bin();
    const many = Array.from({ length: 20 }, (_, n) => `Item ${n}`);
    for (const [what, extra] of routes(target.id)) {
      const counts: number[] = [];
      for (const items of [['One', 'Two'], many]) {
        const ids = idsOf(await home.bin({ items }));
        if (what === 'restore') await bulk('delete', { ids });
        const statements = await home.statements(() => bulk(what, { ids, ...extra }).expect(200));
        counts.push(statements.length);
      }
      expect([what, counts[1]]).toEqual([what, counts[0]]);
    }
  });
});

describe('bulk-delete and bulk-restore', () => {
  it('hide items everywhere and bring them back where they were', async () => {
    const bin = await home.bin({ items: ['A', 'B', 'C'] });
    const other = await home.bin({ items: ['D'] });
    const [a, , c] = idsOf(bin);
    const ids = [a, c, c, ...idsOf(other)];
    await bulk('delete', { ids }).expect(200, { deleted: 3 });
    expect(await lastBulk()).toMatchObject({
      action: 'bulk_delete',
      entity_id: null,
      changes: { counts: { old: null, new: { deleted: 3 } } },
    });
    expect([await names(bin.id), await names(other.id)]).toEqual(['B', '']);
    const { body } = await home.call(
      'get',
      `/items?location_id=${home.locationId}&limit=100`,
      home.viewer.key,
    );
    expect(body.results.filter(({ id }: { id: string }) => ids.includes(id))).toEqual([]);
    await bulk('delete', { ids }).expect(200, { deleted: 0 });
    await bulk('restore', { ids }).expect(200, { restored: 3 });
    expect([await names(bin.id), await names(other.id)]).toEqual(['ABC', 'D']);
    expect(await lastBulk()).toMatchObject({
      action: 'bulk_restore',
      changes: { counts: { new: { restored: 3 } } },
    });
    await bulk('restore', { ids }).expect(200, { restored: 0 });
  });

  it('count each item once when two delete at once', async () => {
    const ids = idsOf(await home.bin({ items: ['A', 'B', 'C'] }));
    const answers = await Promise.all([bulk('delete', { ids }), bulk('delete', { ids }, home.admin)]);
    expect(answers.map(({ body }) => body.deleted).sort()).toEqual([0, 3]);
  });
});

describe('bulk-move', () => {
  it('puts items at the end of the bin in the order of the ids', async () => {
    const [from, target] = [await home.bin({ items: ['A', 'B', 'C'] }), await home.bin({ items: ['X'] })];
    const [a, b, c] = idsOf(from);
    await bulk('move', { ids: [c, a], targetBinId: target.id }).expect(200, { moved: 2 });
    expect([await names(from.id), await names(target.id)]).toEqual(['B', 'XCA']);
    expect(await lastBulk()).toMatchObject({
      action: 'bulk_move',
      entity_id: target.id,
      changes: { counts: { old: null, new: { moved: 2 } } },
    });
    await bulk('move', { ids: [b, ...idsOf(target)], targetBinId: target.id }).expect(200, { moved: 2 });
    expect(await names(target.id)).toBe('CABX');
  });

  it('wants a bin that the caller may see, and in which the caller may do something', async () => {
    const { admin, member, viewer } = home;
    const ids = idsOf(await home.bin({ items: ['A'] }));
    for (const targetBinId of [undefined, '', 5]) {
      const { body } = await bulk('move', { ids, targetBinId }).expect(422);
      expect(body.message).toContain('targetBinId');
    }
    const hidden = await home.bin({ visibility: 'private' }, admin);
    const thrown = await home.bin();
    await home.trash(thrown.id);
    for (const targetBinId of [unknown, hidden.id, thrown.id])
      await bulk('move', { ids, targetBinId }).expect(404);
    await bulk('move', { ids, targetBinId: hidden.id }, admin).expect(200);
    await bulk('move', { ids, targetBinId: (await home.bin()).id }, member).expect(200, { moved: 0 });
    await bulk('move', { ids: [unknown], targetBinId: (await home.bin()).id }, viewer).expect(403);
  });

  it('leaves every item in one bin when two move it at once', async () => {
    const from = await home.bin({ items: ['A', 'B'] });
    const [one, two] = [await home.bin(), await home.bin()];
    const ids = idsOf(from);
    const answers = await Promise.all(
      [one, two].map(({ id: targetBinId }) => bulk('move', { ids, targetBinId })),
    );
    expect(statuses(answers)).toEqual([200, 200]);
    expect([await names(one.id), await names(two.id)].sort()).toEqual(['', 'AB']);
  });
});

describe('bulk-quantity', () => {
  const quantities = async (binId: string) =>
    Object.fromEntries((await home.items(binId)).map(({ name, quantity }) => [name, quantity]));

  it.each([
    ['set', 4, { A: 4, B: 4, C: 4 }, { updated: 3, removed: 0 }],
    ['set', 0, {}, { updated: 0, removed: 3 }],
    ['clear', undefined, { A: null, B: null, C: null }, { updated: 3, removed: 0 }],
    ['clear', -5, { A: null, B: null, C: null }, { updated: 3, removed: 0 }],
    ['inc', 3, { A: 8, B: 4, C: 3 }, { updated: 3, removed: 0 }],
    ['inc', 0, { A: 5, B: 1 }, { updated: 2, removed: 1 }],
    ['inc', 2 ** 31 - 1, { A: 2 ** 31 - 1, B: 2 ** 31 - 1, C: 2 ** 31 - 1 }, { updated: 3, removed: 0 }],
    ['dec', 2, { A: 3 }, { updated: 1, removed: 2 }],
    ['dec', 2 ** 31 - 1, {}, { updated: 0, removed: 3 }],
  ])('%s %j', async (op, value, after, answer) => {
    const bin = await home.bin({ items: [{ name: 'A', quantity: 5 }, { name: 'B', quantity: 1 }, 'C'] });
    await bulk('quantity', { ids: idsOf(bin), op, value }).expect(200, answer);
    expect(await quantities(bin.id)).toEqual(after);
    expect(await lastBulk()).toMatchObject({ action: 'bulk_quantity', changes: { counts: { new: answer } } });
    const { body } = await bulk('restore', { ids: idsOf(bin) }).expect(200);
    expect(body.restored).toBe(answer.removed);
  });

  it('refuses what is no quantity', async () => {
    const bin = await home.bin({ items: ['A'] });
    for (const [field, input] of [
      ['op', {}],
      ['op', { op: 'add', value: 1 }],
      ['value', { op: 'set' }],
      ['value', { op: 'inc', value: null }],
      ['value', { op: 'dec', value: -1 }],
      ['value', { op: 'set', value: 1.5 }],
      ['value', { op: 'set', value: '1' }],
      ['value', { op: 'set', value: 2 ** 31 }],
    ] as const) {
      const { body } = await bulk('quantity', { ids: idsOf(bin), ...input }).expect(422);
      expect(body.message).toContain(field);
    }
    expect(await home.items(bin.id)).toEqual(bin.items);
  });

  it('loses no step when several count at once', async () => {
    const bin = await home.bin({ items: [{ name: 'A', quantity: 1 }] });
    const ids = idsOf(bin);
    await Promise.all(
      Array.from({ length: 6 }, () => bulk('quantity', { ids, op: 'inc', value: 2 }).expect(200)),
    );
    expect(await quantities(bin.id)).toEqual({ A: 13 });
  });
});
