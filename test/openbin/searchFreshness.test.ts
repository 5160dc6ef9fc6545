import { beforeAll, expect, it } from 'vitest';
import { createBinSearch } from '../../src/graph/inventory/search/binSearch.ts';
import { type FuzzyQuery, fuzzyQuery } from '../../src/graph/inventory/search/fuzzy.ts';
import { createItemSearch } from '../../src/graph/inventory/search/itemSearch.ts';
import { createScheduler } from '../../src/graph/inventory/search/scheduler.ts';
import { inventoryServices } from '../../src/graph/inventory/services.ts';
import { type Person, useOpenbin } from './support.ts';

const app = useOpenbin({ DISABLE_RATE_LIMIT: 'true' });
let owner: Person;
let home: string;
let other: string;
beforeAll(async () => {
  owner = await app.person();
  ({ id: home } = await app.location(owner));
  ({ id: other } = await app.location(owner, 'Other'));
});

type Method = 'post' | 'put' | 'patch' | 'delete';
async function ok(method: Method, path: string, body: object = {}) {
  const response = await app.call(method, path, owner.key).send(body);
  expect(response.status, `${method} ${path}: ${JSON.stringify(response.body)}`).toBeLessThan(300);
  return response.body;
}
const make = (name: string, input: object = {}) => ok('post', '/bins', { locationId: home, name, ...input });

const queries = [
  'hammer',
  'nails',
  'saw',
  'tape',
  'screw',
  'attic',
  'garret',
  'steel',
  'iron',
  'wood',
  'acme',
  'box',
  'crate',
  'mark',
]
  .map(fuzzyQuery)
  .filter((query): query is FuzzyQuery => query !== null);

/**
 * What the searches of the server answer, which go on from what they knew, and what new ones do: by an
 * index, and without one.
 */
async function assertFresh(step: string): Promise<void> {
  const { database } = app.services;
  const { binSearch, itemSearch } = inventoryServices(app);
  const fresh = [undefined, { totalBytes: 0, locationBytes: 0, sortedItems: 3 }].map((budget) => ({
    bins: createBinSearch(database, createScheduler(), budget),
    items: createItemSearch(database, createScheduler(), budget),
  }));
  for (const locationId of [home, other]) {
    const { lockSequence: version } = await app.db.location.findUniqueOrThrow({ where: { id: locationId } });
    const accountId = owner.account.id;
    const place = { locationId, version, accountId };
    for (const [at, query] of queries.entries()) {
      const asked = { query, accountId, sort: 'NAME', direction: 'ASC', offset: 0, limit: 100 } as const;
      const [bins, items] = [(await binSearch(place, query)).sort(), await itemSearch(place, asked)];
      for (const other of fresh) {
        expect(bins, `${step}: bins of query ${at}`).toEqual((await other.bins(place, query)).sort());
        expect(items, `${step}: items of query ${at}`).toEqual(await other.items(place, asked));
      }
    }
  }
}

/** Puts what was changed just now into the past, as what is young is read again anyhow, and would hide a missing mark. */
async function age(step: number): Promise<void> {
  const [now, minute] = [Date.now(), 60_000];
  await app.db.bin.updateMany({
    where: { updatedAt: { gt: new Date(now - minute) } },
    data: { updatedAt: new Date(now - 60 * minute + step * minute) },
  });
}

it('a search knows what any change has done to bins and items, though it reads only what changed', async () => {
  const area = await ok('post', `/locations/${home}/areas`, { name: 'Attic' });
  const field = await ok('post', `/locations/${home}/custom-fields`, { name: 'Brand' });
  const a = await make('Box A', {
    items: ['hammer', 'nails'],
    tags: ['steel'],
    areaId: area.id,
    customFields: { [field.id]: 'acme' },
  });
  const b = await make('Crate B', { items: ['saw'], tags: ['wood', 'steel'] });
  const c = await make('Box C', { items: ['tape'] });
  const [hammer, nails] = a.items as { id: string }[];
  await age(-1);
  await assertFresh('at first');

  const steps: [string, () => Promise<unknown>][] = [
    ['rename a bin', () => ok('put', `/bins/${a.id}`, { name: 'Mark A' })],
    ['replace items', () => ok('put', `/bins/${c.id}`, { items: ['tape', 'screw'] })],
    ['add items', () => ok('post', `/bins/${b.id}/items`, { items: ['nails'] })],
    ['rename an item', () => ok('put', `/bins/${a.id}/items/${hammer?.id}`, { name: 'screwdriver' })],
    ['set a quantity', () => ok('patch', `/bins/${a.id}/items/${hammer?.id}/quantity`, { quantity: 3 })],
    ['rename an area', () => ok('put', `/locations/${home}/areas/${area.id}`, { name: 'Garret' })],
    ['rename a tag', () => ok('put', '/tags/rename', { locationId: home, oldTag: 'steel', newTag: 'iron' })],
    [
      'merge tags',
      () => ok('post', '/tags/bulk-merge', { locationId: home, fromTags: ['wood'], toTag: 'iron' }),
    ],
    ['delete a tag', () => ok('delete', `/tags/iron?location_id=${home}`)],
    ['add tags', () => ok('put', `/bins/${c.id}/add-tags`, { tags: ['steel'] })],
    ['delete items', () => ok('post', '/items/bulk-delete', { ids: [nails?.id] })],
    ['restore items', () => ok('post', '/items/bulk-restore', { ids: [nails?.id] })],
    ['move items', () => ok('post', '/items/bulk-move', { ids: [nails?.id], targetBinId: c.id })],
    [
      'count items down',
      () => ok('post', '/items/bulk-quantity', { ids: [hammer?.id], op: 'dec', value: 9 }),
    ],
    ['duplicate a bin', () => ok('post', `/bins/${c.id}/duplicate`)],
    ['throw a bin away', () => ok('delete', `/bins/${b.id}`)],
    ['restore a bin', () => ok('post', `/bins/${b.id}/restore`)],
    ['change a code', () => ok('post', `/bins/${b.id}/change-code`, { code: 'MARK99' })],
    ['hide a bin', () => ok('put', `/bins/${b.id}`, { visibility: 'private' })],
    ['move a bin', () => ok('post', `/bins/${c.id}/move`, { locationId: other })],
    ['delete a field', () => ok('delete', `/locations/${home}/custom-fields/${field.id}`)],
    ['delete an area', () => ok('delete', `/locations/${home}/areas/${area.id}`)],
    [
      'delete for good',
      async () => {
        await ok('delete', `/bins/${b.id}`);
        await ok('delete', `/bins/${b.id}/permanent`);
      },
    ],
  ];
  for (const [at, [step, work]] of steps.entries()) {
    await work();
    await age(at);
    await assertFresh(step);
  }
}, 60_000);
