import { describe, expect, it } from 'vitest';
import { useHousehold } from './household.ts';
import type { Person } from './support.ts';

// OpenBin 6 and 17: what is done with a private bin is logged for its maker alone.
const app = useHousehold();

const isPrivate = { visibility: 'private' };

/** The actions of the log about a thing, newest first, as somebody reads them. */
async function told(as: Person, entityId: string, locationId = app.locationId): Promise<unknown[]> {
  const { results, count } = await app.log(locationId, as, `?entity_id=${entityId}`);
  expect(count).toBe(results.length);
  return results.map(({ action }) => action);
}

async function item(as: Person, binId: string, name = 'Ring'): Promise<string> {
  const { body } = await app
    .call('post', `/bins/${binId}/items`, as.key)
    .send({ items: [name] })
    .expect(201);
  return body.items[0].id;
}

async function setVisibility(binId: string, visibility: string): Promise<void> {
  await app.call('put', `/bins/${binId}`, app.member.key).send({ visibility }).expect(200);
}

describe('the log of a private bin', () => {
  it('is read by its maker alone, in rows and in count', async () => {
    const before = await app.log(app.locationId, app.admin);
    const { id } = await app.bin({ ...isPrivate, items: ['Ring'] }, app.member);
    await app.call('put', `/bins/${id}`, app.member.key).send({ name: 'Other' }).expect(200);
    const copy = await app.call('post', `/bins/${id}/duplicate`, app.member.key).send({}).expect(201);
    await app.trash(id, app.member);
    expect(await told(app.member, id)).toEqual(['delete', 'update', 'create']);
    expect(await told(app.member, copy.body.id)).toEqual(['duplicate']);
    expect(await app.log(app.locationId, app.admin)).toEqual(before);
    expect(await told(app.viewer, id)).toEqual([]);
  });

  it('goes out of sight with the change that makes the bin private, at once, and comes back with it', async () => {
    const { id } = await app.bin({}, app.member);
    const ringId = await item(app.member, id);
    const entry = await app
      .call('post', `/bins/${id}/shopping-list`, app.admin.key)
      .send({ names: ['Polish'] })
      .expect(201);
    const entryId = entry.body.entries[0].id;
    await app.call('post', '/items/bulk-move', app.admin.key).send({ ids: [ringId], targetBinId: id });
    await app.services.background.drain();
    await setVisibility(id, 'private');
    const { body } = await app.call('get', `/locations/${app.locationId}/activity`, app.admin.key);
    expect(JSON.stringify(body)).not.toContain(id);
    expect(JSON.stringify(body)).not.toContain('Polish');
    expect(await told(app.admin, id)).toEqual([]);
    expect(await told(app.member, id)).toHaveLength(3);
    await setVisibility(id, 'location');
    expect(await told(app.admin, id)).toHaveLength(3);
    expect(await told(app.admin, entryId)).toEqual(['create']);
  });

  it('stays hidden when all of it happens before anything is written', async () => {
    const { id } = await app.bin({}, app.member);
    await setVisibility(id, 'private');
    await app.trash(id, app.member);
    expect(await told(app.admin, id)).toEqual([]);
    expect(await told(app.member, id)).toEqual(['delete', 'update', 'create']);
  });

  it('stays hidden when the bin is gone for good', async () => {
    const { id } = await app.bin(isPrivate, app.admin);
    await app.trash(id, app.admin);
    await app.call('delete', `/bins/${id}/permanent`, app.admin.key).expect(200);
    expect(await told(app.member, id)).toEqual([]);
    expect(await told(app.admin, id)).toEqual(['permanent_delete', 'delete', 'create']);
  });

  it('stays hidden when the bin was private last and is gone before anything is written', async () => {
    const { id } = await app.bin({ name: 'Secret' }, app.admin);
    await app.call('put', `/bins/${id}`, app.admin.key).send(isPrivate).expect(200);
    await app.call('delete', `/bins/${id}`, app.admin.key).expect(200);
    await app.call('delete', `/bins/${id}/permanent`, app.admin.key).expect(200);
    expect(await told(app.member, id)).toEqual([]);
    expect(await told(app.admin, id)).toEqual(['permanent_delete', 'delete', 'update', 'create']);
  });

  it('is seen when the bin was private for less time than it takes to write that', async () => {
    const { id } = await app.bin({}, app.member);
    await setVisibility(id, 'private');
    await setVisibility(id, 'location');
    expect(await told(app.admin, id)).toContain('create');
  });

  it('keeps merged updates hidden', async () => {
    const { id } = await app.bin(isPrivate, app.member);
    await item(app.member, id, 'One');
    await app.services.background.drain();
    await item(app.member, id, 'Two');
    expect(await told(app.member, id)).toEqual(['update', 'create']);
    expect(await told(app.admin, id)).toEqual([]);
  });

  it('is hidden on both sides of a move, and where the bin was before when it is made private later', async () => {
    const { id: otherId } = await app.location(app.admin, 'Cabin');
    await app.belong(app.viewer, otherId, 'VIEWER');
    const hidden = await app.bin(isPrivate, app.admin);
    const open = await app.bin({}, app.admin);
    for (const { id } of [hidden, open]) {
      await app.call('post', `/bins/${id}/move`, app.admin.key).send({ locationId: otherId }).expect(200);
    }
    await app.services.background.drain();
    await app.call('put', `/bins/${open.id}`, app.admin.key).send(isPrivate).expect(200);
    for (const { id } of [hidden, open]) {
      expect(await told(app.viewer, id)).toEqual([]);
      expect(await told(app.viewer, id, otherId)).toEqual([]);
      expect(await told(app.admin, id)).toEqual(['move_out', 'create']);
    }
  });
});

describe('the log of other things', () => {
  it('names no private bin where an item was brought', async () => {
    const open = await app.bin({ items: ['Ring'] }, app.member);
    const target = await app.bin({ ...isPrivate, name: 'Hideaway' }, app.member);
    const path = `/bins/${open.id}/items/${open.items[0]?.id}`;
    await app.call('post', `${path}/checkout`, app.member.key).expect(201);
    await app.call('post', `${path}/return`, app.member.key).send({ targetBinId: target.id }).expect(200);
    const ring = { old: null, new: 'Ring' };
    expect((await app.actions(open.id))[0]).toEqual([
      'update',
      { item_checked_out: ring, item_returned: ring },
    ]);
    expect(await told(app.admin, target.id)).toEqual([]);
    expect(await app.actions(target.id, app.locationId, app.member)).toContainEqual([
      'update',
      { item_received: ring },
    ]);
  });

  it('names a bin where an item was brought as long as the bin is no other’s private one', async () => {
    const [open, same] = [await app.bin({ items: ['Ring'] }), await app.bin({ items: ['Ring'] })];
    const target = await app.bin({ name: 'Hideaway' }, app.member);
    for (const { id, items } of [open, same]) {
      const path = `/bins/${id}/items/${items[0]?.id}/return`;
      await app.call('post', `/bins/${id}/items/${items[0]?.id}/checkout`, app.member.key).expect(201);
      await app.call('post', path, app.member.key).send({ targetBinId: target.id }).expect(200);
    }
    const ring = { old: null, new: 'Ring' };
    const named = ['update', { item_checked_out: ring, item_returned_to: { old: null, new: 'Hideaway' } }];
    const unnamed = ['update', { item_checked_out: ring, item_returned: ring }];
    const first = async (id: string, as: Person) => (await app.actions(id, app.locationId, as))[0];
    const expectTold = async (told: unknown) => {
      for (const { id } of [open, same]) {
        for (const as of [app.admin, app.viewer]) expect(await first(id, as)).toEqual(told);
        expect(await first(id, app.member)).toEqual(named);
      }
    };
    await expectTold(named);
    await setVisibility(target.id, 'private');
    await expectTold(unnamed);
    const { body } = await app.call('get', `/locations/${app.locationId}/activity`, app.admin.key);
    expect(JSON.stringify(body)).not.toContain('Hideaway"');
    await setVisibility(target.id, 'location');
    await expectTold(named);
    await setVisibility(target.id, 'private');
    await app.db.bin.delete({ where: { id: target.id } });
    await expectTold(unnamed);
  });

  it('counts in bulk operations only what others see, and the rest for the maker', async () => {
    const open = await app.bin({ items: ['A', 'B'] }, app.member);
    const hidden = await app.bin({ ...isPrivate, items: ['C'] }, app.member);
    const ids = [...open.items, ...hidden.items].map(({ id }) => id);
    const bulk = (path: string, body: object) =>
      app
        .call('post', path, app.member.key)
        .send({ ids, ...body })
        .expect(200);
    await bulk('/items/bulk-quantity', { op: 'set', value: 2 });
    await bulk('/items/bulk-checkout', {});
    const out = await app.call('get', `/locations/${app.locationId}/checkouts`, app.member.key).expect(200);
    const checkoutIds = out.body.results
      .filter((row: { item_id: string }) => ids.includes(row.item_id))
      .map(({ id }: { id: string }) => id);
    await app
      .call('post', `/locations/${app.locationId}/checkouts/bulk-return`, app.member.key)
      .send({ checkoutIds })
      .expect(200, { returned: 3, errors: [] });
    await bulk('/items/bulk-delete', {});
    await bulk('/items/bulk-restore', {});
    const counts = async (as: Person) => {
      const { results } = await app.log(app.locationId, as, `?user_id=${app.member.account.id}`);
      return results.flatMap(({ action, changes }) => {
        const made = (changes as { counts?: { new: object } } | null)?.counts?.new;
        return made && String(action).startsWith('bulk_') ? [[action, made]] : [];
      });
    };
    const shared = [
      ['bulk_restore', { restored: 2 }],
      ['bulk_delete', { deleted: 2 }],
      ['bulk_return', { returned: 2 }],
      ['bulk_checkout', { checkedOut: 2 }],
      ['bulk_quantity', { updated: 2, removed: 0 }],
    ];
    expect(await counts(app.viewer)).toEqual(shared);
    expect(await counts(app.member)).toHaveLength(10);
  });

  it('counts no private bins where tags were changed', async () => {
    const { locationId } = app;
    const own = await app.bin({ ...isPrivate, tags: ['hush', 'still'] }, app.member);
    await app.bin({ tags: ['hush'] }, app.member);
    const change = (path: string, body: object) =>
      app
        .call('post', path, app.member.key)
        .send({ locationId, ...body })
        .expect(200);
    const merged = await change('/tags/bulk-merge', { fromTags: ['hush'], toTag: 'mute' });
    expect(merged.body.binsUpdated).toBe(2);
    const applied = await change('/tags/bulk-apply', {
      taxonomy: {},
      assignments: { add: { [own.id]: ['more'] }, remove: { [own.id]: ['still'] } },
    });
    expect(applied.body).toMatchObject({ binsAddedTo: 1, binsRemovedFrom: 1 });
    const deleted = await change('/tags/bulk-delete', { tags: ['mute'] });
    expect(deleted.body.binsUpdated).toBe(2);
    const { results } = await app.log(locationId, app.viewer, '?entity_type=tag');
    expect(results.map(({ changes }) => (changes as { counts: { new: object } }).counts.new)).toEqual([
      { tagsDeleted: 1, orphanedChildren: 0, binsUpdated: 1 },
      { tagsCreated: 0, tagsRenamed: 0, parentsSet: 0, binsAddedTo: 0, binsRemovedFrom: 0 },
      { tagsMerged: 1, childrenReassigned: 0, binsUpdated: 1 },
    ]);
  });

  it('tells of what is to be bought for a private bin its maker alone, also when the bin is gone', async () => {
    const { id } = await app.bin(isPrivate, app.admin);
    const path = `/locations/${app.locationId}/shopping-list`;
    const add = (body: object) => app.call('post', path, app.admin.key).send(body).expect(201);
    const { body: first } = await add({ name: 'Velvet', originBinId: id });
    const { body: second } = await add({ name: 'Silk', originBinId: id });
    await app.call('delete', `/shopping-list/${first.entry.id}`, app.admin.key).expect(200);
    await app.trash(id);
    await app.call('delete', `/bins/${id}/permanent`, app.admin.key).expect(200);
    const names = async (as: Person) =>
      (await app.call('get', path, as.key).expect(200)).body.results.map(
        ({ name }: { name: string }) => name,
      );
    expect(await names(app.admin)).toContain('Silk');
    expect(await names(app.member)).not.toContain('Silk');
    await app.call('post', `/shopping-list/${second.entry.id}/purchase`, app.member.key).expect(404);
    await app.call('post', `/shopping-list/${second.entry.id}/purchase`, app.admin.key).expect(200);
    for (const { entry } of [first, second]) {
      expect(await told(app.admin, entry.id)).toEqual(['delete', 'create']);
      expect(await told(app.member, entry.id)).toEqual([]);
    }
  });
});
