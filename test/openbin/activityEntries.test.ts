import { beforeAll, describe, expect, it } from 'vitest';
import { type BinBody, useHousehold } from './household.ts';
import type { Person } from './support.ts';

// OpenBin 17, the table: which rows are written for what is done, and for what none is.
const home = useHousehold();
let admin: Person;
let locationId: string;
beforeAll(async () => {
  ({ admin, locationId } = home);
});

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
const send = async (method: Method, path: string, body?: object, as: Person = admin) => {
  const answer = await home.call(method, path, as.key).send(body);
  if (answer.status >= 300) throw new Error(`${method} ${path} ${answer.status} ${answer.text}`);
  return answer.body;
};
const inLocation = (rest = '') => `/locations/${locationId}${rest}`;

/** All rows that are written about what `act` does, first to last, as the administrator reads them. */
async function written(act: () => Promise<unknown>, where = locationId) {
  const { count: before } = await home.log(where, admin, '?limit=1');
  await act();
  const { results, count } = await home.log(where, admin, '?limit=100');
  return results
    .slice(0, count - before)
    .reverse()
    .map((row) => [row.entity_type, row.action, row.entity_id, row.entity_name, row.changes]);
}
const area = async (name: string): Promise<string> =>
  (await send('post', inLocation('/areas'), { name })).id as string;
const idsOf = (bin: BinBody) => bin.items.map(({ id }) => id);

describe('rows about bins', () => {
  it('tell of its life, and its name of the time', async () => {
    let id = '';
    const rows = await written(async () => {
      ({ id } = await home.bin({ name: 'Box', items: ['A'], tags: ['t'] }));
      await send('post', `/bins/${id}/change-code`, { code: 'LIFE01' });
      await send('delete', `/bins/${id}`);
      await send('post', `/bins/${id}/restore`);
      await send('delete', `/bins/${id}`);
      await send('delete', `/bins/${id}/permanent`);
    });
    const code = { old: expect.stringMatching(/^BOX/), new: 'LIFE01' };
    expect(rows).toEqual([
      ['bin', 'create', id, 'Box', null],
      ['bin', 'code_changed', id, 'Box', { code }],
      ['bin', 'delete', id, 'Box', null],
      ['bin', 'restore', id, 'Box', null],
      ['bin', 'delete', id, 'Box', null],
      ['bin', 'permanent_delete', id, 'Box', null],
    ]);
  });

  it('tell what an update changed, each field by its name and the area by that of the area', async () => {
    const [attic, cellar] = [await area('Attic'), await area('Cellar')];
    const bin = await home.bin({ name: 'Old', tags: ['a'], areaId: attic, color: 'black' });
    const rows = await written(() =>
      send('put', `/bins/${bin.id}`, {
        name: 'New',
        notes: 'Notes',
        tags: ['a', 'b'],
        icon: 'Box',
        color: '#00ff00',
        cardStyle: '{"variant":"border"}',
        visibility: 'private',
        areaId: cellar,
        items: ['One', 'Two'],
      }),
    );
    expect(rows).toEqual([
      [
        'bin',
        'update',
        bin.id,
        'New',
        {
          name: { old: 'Old', new: 'New' },
          notes: { old: '', new: 'Notes' },
          tags: { old: ['a'], new: ['a', 'b'] },
          icon: { old: '', new: 'Box' },
          color: { old: 'black', new: '#00ff00' },
          card_style: { old: '', new: '{"variant":"border"}' },
          visibility: { old: 'location', new: 'private' },
          area: { old: 'Attic', new: 'Cellar' },
          items_added: { old: null, new: ['One', 'Two'] },
        },
      ],
    ]);
    const other = await home.bin({ areaId: attic });
    expect(await written(() => send('put', `/bins/${other.id}`, { areaId: null }))).toEqual([
      ['bin', 'update', other.id, 'Tools', { area: { old: 'Attic', new: '' } }],
    ]);
  });

  it('tell of a copy and of a move on both sides', async () => {
    const { id: garage } = await home.location(admin, 'Garage');
    const bin = await home.bin({ name: 'Mover' });
    let copyId = '';
    const rows = await written(async () => {
      copyId = (await send('post', `/bins/${bin.id}/duplicate`, {})).id;
      await send('post', `/bins/${bin.id}/move`, { locationId: garage });
    });
    const location = { old: 'Home', new: 'Garage' };
    expect(rows).toEqual([
      ['bin', 'duplicate', copyId, 'Copy of Mover', null],
      ['bin', 'move_out', bin.id, 'Mover', { location }],
    ]);
    const { results } = await home.log(garage, admin, `?entity_id=${bin.id}`);
    expect(results.map((row) => [row.action, row.entity_name, row.changes])).toEqual([
      ['move_in', 'Mover', { location }],
    ]);
  });

  it('tell of items that went and came', async () => {
    const bin = await home.bin({ items: ['Drill', 'Saw'] });
    const shelf = await home.bin({ name: 'Shelf' });
    const [drill, saw] = idsOf(bin);
    const rows = await written(async () => {
      await send('post', `/bins/${bin.id}/items/${drill}/checkout`);
      await send('post', `/bins/${bin.id}/items/${drill}/return`, { targetBinId: shelf.id });
      await send('patch', `/bins/${bin.id}/items/${saw}/quantity`, { quantity: 2 });
    });
    expect(rows).toEqual([
      // The moment of a row that others were joined to is that of the last one.
      ['bin', 'update', shelf.id, 'Shelf', { item_received: { old: null, new: 'Drill' } }],
      [
        'bin',
        'update',
        bin.id,
        'Tools',
        {
          item_checked_out: { old: null, new: 'Drill' },
          item_returned_to: { old: null, new: 'Shelf' },
          items_quantity: { old: { name: 'Saw', qty: null }, new: { name: 'Saw', qty: 2 } },
        },
      ],
    ]);
  });
});

describe('rows about areas, locations and members', () => {
  it('tell of an area, but not of those below it nor of a name that stayed', async () => {
    let [id, below] = ['', ''];
    const rows = await written(async () => {
      id = await area('Loft');
      below = (await send('post', inLocation('/areas'), { name: 'Chest', parent_id: id })).id;
      await send('put', inLocation(`/areas/${id}`), { name: 'Loft' });
      await send('put', inLocation(`/areas/${id}`), { name: 'Garret' });
      await send('delete', inLocation(`/areas/${id}`));
    });
    expect(rows).toEqual([
      ['area', 'create', id, 'Loft', null],
      ['area', 'create', below, 'Chest', null],
      ['area', 'update', id, 'Garret', { name: { old: 'Loft', new: 'Garret' } }],
      ['area', 'delete', id, 'Garret', null],
    ]);
  });

  it('tell what of a location changed, and that its code is another, but not which', async () => {
    const { id } = await home.location(admin, 'Hut');
    await home.services.background.drain();
    const rows = await written(async () => {
      await send('put', `/locations/${id}`, {
        name: 'Cabin',
        activity_retention_days: 30,
        trash_retention_days: 30,
        app_name: 'Boxes',
        term_bin: 'box|boxes',
        term_location: 'hut|huts',
        term_area: 'nook|nooks',
        default_join_role: 'viewer',
      });
      await send('put', `/locations/${id}`, { name: 'Cabin' });
      await send('post', `/locations/${id}/regenerate-invite`);
    }, id);
    expect(rows).toEqual([
      [
        'location',
        'update',
        id,
        'Cabin',
        {
          name: { old: 'Hut', new: 'Cabin' },
          activity_retention_days: { old: 90, new: 30 },
          app_name: { old: 'OpenBin', new: 'Boxes' },
          term_bin: { old: '', new: 'box|boxes' },
          term_location: { old: '', new: 'hut|huts' },
          term_area: { old: '', new: 'nook|nooks' },
          default_join_role: { old: 'member', new: 'viewer' },
        },
      ],
      ['location', 'regenerate_invite', id, 'Cabin', null],
    ]);
    const { results } = await home.log(id, admin);
    expect(results.at(-1)).toMatchObject({
      entity_type: 'location',
      action: 'create',
      entity_id: id,
      entity_name: 'Hut',
      changes: null,
    });
  });

  it('tell of people by their addresses: those who come, go, are sent away, or get another role or password', async () => {
    const { id, invite_code: inviteCode } = await home.location(admin, 'Club');
    const [one, two] = [await home.person(), await home.person()];
    await home.services.background.drain();
    const of = (who: Person, rest = '') => `/locations/${id}/members/${who.account.id}${rest}`;
    const rows = await written(async () => {
      for (const who of [one, two]) await send('post', '/locations/join', { inviteCode }, who);
      await send('put', of(one, '/role'), { role: 'viewer' });
      await send('put', of(one, '/role'), { role: 'viewer' });
      await send('post', of(one, '/reset-password'));
      await send('delete', of(one), undefined, one);
      await send('delete', of(two));
    }, id);
    const [first, second] = [one.account, two.account];
    expect(rows).toEqual([
      ['member', 'join', first.id, first.email, null],
      ['member', 'join', second.id, second.email, null],
      ['member', 'change_role', first.id, first.email, { role: { old: 'member', new: 'viewer' } }],
      ['member', 'reset_password', first.id, first.email, null],
      ['member', 'leave', first.id, first.email, null],
      ['member', 'remove_member', second.id, second.email, null],
    ]);
    const { results } = await home.log(id, admin, '?entity_type=member&limit=2');
    expect(results.map((row) => row.user_id)).toEqual([admin.account.id, first.id]);
  });
});

describe('rows about many things at once', () => {
  it('count items, and name the bin that they were moved to', async () => {
    const bin = await home.bin({ items: ['A', { name: 'B', quantity: 1 }] });
    const target = await home.bin();
    const ids = idsOf(bin);
    const rows = await written(async () => {
      await send('post', '/items/bulk-checkout', { ids });
      const out = await send('get', `/bins/${bin.id}/checkouts`);
      const checkoutIds = out.results.map(({ id }: { id: string }) => id);
      await send('post', inLocation('/checkouts/bulk-return'), { checkoutIds });
      await send('post', '/items/bulk-quantity', { ids, op: 'dec', value: 1 });
      await send('post', '/items/bulk-restore', { ids });
      await send('post', '/items/bulk-move', { ids, targetBinId: target.id });
      await send('post', '/items/bulk-delete', { ids });
    });
    const counts = (numbers: object) => ({ counts: { old: null, new: numbers } });
    expect(rows).toEqual([
      ['item', 'bulk_checkout', null, null, counts({ checkedOut: 2 })],
      ['checkout', 'bulk_return', null, null, counts({ returned: 2 })],
      ['item', 'bulk_quantity', null, null, counts({ updated: 0, removed: 2 })],
      ['item', 'bulk_restore', null, null, counts({ restored: 2 })],
      ['item', 'bulk_move', target.id, null, counts({ moved: 2 })],
      ['item', 'bulk_delete', null, null, counts({ deleted: 2 })],
    ]);
  });

  it('count tags', async () => {
    const bin = await home.bin({ tags: ['aa', 'bb', 'cc'] });
    const rows = await written(async () => {
      const post = (path: string, body: object) => send('post', path, { locationId, ...body });
      await post('/tags/bulk-set-color', { tags: ['aa', 'bb'], color: 'black' });
      await post('/tags/bulk-set-parent', { tags: ['aa', 'bb', 'unknown'], parentTag: 'top' });
      await post('/tags/bulk-merge', { fromTags: ['bb'], toTag: 'cc' });
      await post('/tags/bulk-delete', { tags: ['cc', 'unknown'] });
      await post('/tags/bulk-apply', { taxonomy: {}, assignments: { add: { [bin.id]: ['dd'] } } });
    });
    const counts = (numbers: object) => ({ counts: { old: null, new: numbers } });
    expect(rows).toEqual([
      ['tag', 'bulk_set_color', null, null, counts({ tagsUpdated: 2 })],
      ['tag', 'bulk_set_parent', null, null, counts({ tagsUpdated: 2 })],
      ['tag', 'bulk_merge', null, null, counts({ tagsMerged: 1, binsUpdated: 1, childrenReassigned: 0 })],
      ['tag', 'bulk_delete', null, null, counts({ tagsDeleted: 2, binsUpdated: 1, orphanedChildren: 0 })],
      [
        'tag',
        'bulk_suggest',
        null,
        null,
        counts({ tagsCreated: 0, tagsRenamed: 0, parentsSet: 0, binsAddedTo: 1, binsRemovedFrom: 0 }),
      ],
    ]);
  });

  it('tell of each thing to buy by itself', async () => {
    const bin = await home.bin();
    let entries: { id: string }[] = [];
    const rows = await written(async () => {
      ({ entries } = await send('post', `/bins/${bin.id}/shopping-list`, { names: ['Tea', 'Salt'] }));
      await send('post', `/shopping-list/${entries[0]?.id}/purchase`);
      await send('delete', `/shopping-list/${entries[1]?.id}`);
    });
    const [tea, salt] = entries.map(({ id }) => id);
    expect(rows).toEqual([
      ['shopping_list', 'create', tea, 'Tea', { added: { old: null, new: 'Tea' } }],
      ['shopping_list', 'create', salt, 'Salt', { added: { old: null, new: 'Salt' } }],
      ['shopping_list', 'delete', tea, 'Tea', { purchased: { old: 'Tea', new: null } }],
      ['shopping_list', 'delete', salt, 'Salt', { removed: { old: 'Salt', new: null } }],
    ]);
  });
});

describe('no row', () => {
  it('is written for colors, fields, tags one by one, pins, the order of items, settings, looks and scans', async () => {
    const field = await send('post', inLocation('/custom-fields'), { name: 'Weight' });
    const bin = await home.bin({ items: ['A', 'B'], tags: ['one'] });
    const path = `/bins/${bin.id}`;
    const calls: [Method, string, object?][] = [
      ['put', '/tag-colors', { locationId, tag: 'one', color: 'black', parentTag: 'zero' }],
      ['delete', `/tag-colors/one?location_id=${locationId}`],
      ['put', '/tags/rename', { locationId, oldTag: 'one', newTag: 'two' }],
      ['delete', `/tags/two?location_id=${locationId}`],
      ['post', inLocation('/custom-fields'), { name: 'Height' }],
      ['put', inLocation(`/custom-fields/${field.id}`), { name: 'Mass' }],
      ['put', inLocation('/custom-fields/reorder'), { field_ids: [field.id] }],
      ['put', path, { customFields: { [field.id]: '3 kg' } }],
      ['delete', inLocation(`/custom-fields/${field.id}`)],
      ['put', `${path}/add-tags`, { tags: ['three'] }],
      ['post', `${path}/pin`],
      ['put', '/bins/pinned/reorder', { binIds: [bin.id] }],
      ['delete', `${path}/pin`],
      ['put', `${path}/items/reorder`, { itemIds: idsOf(bin).reverse() }],
      ['put', '/user-preferences', { ai_enabled: true }],
      ['put', '/print-settings', { copies: 2 }],
      ['post', '/saved-views', { name: 'View' }],
      ['post', '/scan-history', { binId: bin.id }],
      ['post', `${path}/usage`, { trigger: 'scan' }],
      ['put', '/auth/active-location', { locationId }],
      ['get', path],
      ['get', inLocation('/activity')],
    ];
    for (const [method, url, body] of calls) {
      expect(await written(() => send(method, url, body)), `${method} ${url}`).toEqual([]);
    }
  });

  it('is written for what was refused', async () => {
    const bin = await home.bin({ items: ['A'] });
    const rows = await written(async () => {
      for (const [method, path, body] of [
        ['put', `/bins/${bin.id}`, { name: '' }],
        ['put', `/bins/${bin.id}`, { name: 'x', customFields: { unknown: 'x' } }],
        ['post', `/bins/${bin.id}/restore`, {}],
        ['post', inLocation('/areas'), { name: '' }],
        ['post', '/batch', { locationId, operations: [{ type: 'delete_area', area_id: bin.id }] }],
      ] as const) {
        await home.call(method, path, admin.key).send(body);
      }
      await home.call('delete', `/bins/${bin.id}`, home.viewer.key).expect(403);
    });
    expect(rows).toEqual([]);
  });

  it('is left when the location is deleted', async () => {
    const { id } = await home.location(admin, 'Short-lived');
    await home.services.background.drain();
    expect(await home.db.activity.count({ where: { locationId: id } })).toBe(1);
    await home.bin({ locationId: id });
    await send('delete', `/locations/${id}`);
    await home.services.background.drain();
    expect(await home.db.activity.count({ where: { locationId: id } })).toBe(0);
    await home.call('get', `/locations/${id}/activity`, admin.key).expect(403);
  });
});
