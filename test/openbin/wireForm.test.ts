import type { Response } from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { openbin } from '../../src/rest/apis/openbin/api.ts';
import { uuidV4 } from '../support/uuid.ts';
import { type BinBody, useHousehold } from './household.ts';

// OpenBin 2: names, envelopes and bodies that hold for many routes.
const home = useHousehold();
let bin: BinBody;
let other: BinBody;
beforeAll(async () => {
  bin = await home.bin({ name: 'One', items: ['Saw', 'Drill'], tags: ['tools', 'wood'] });
  other = await home.bin({ name: 'Two', items: ['Glue'] });
  const gone = [await home.bin({ name: 'Gone' }), await home.bin({ name: 'Away' })];
  for (const { id } of gone) await home.trash(id);
  for (const { id } of [bin, other]) {
    await send('post', `/bins/${id}/pin`).expect(200);
    await send('post', '/scan-history', { binId: id }).expect(201);
  }
  for (const tag of ['tools', 'wood'])
    await send('put', '/tag-colors', { locationId: home.locationId, tag, color: 'black' }).expect(200);
  for (const name of ['One', 'Two']) {
    await send('post', '/saved-views', { name, searchQuery: name }).expect(201);
    await send('post', within('/areas'), { name }).expect(201);
    await send('post', within('/custom-fields'), { name }).expect(201);
    await send('post', within('/shopping-list'), { name }).expect(201);
  }
  for (const { id } of bin.items) await send('post', `/bins/${bin.id}/items/${id}/checkout`).expect(201);
  await home.services.background.drain();
});

const within = (path: string) => `/locations/${home.locationId}${path}`;
function send(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object) {
  const request = home.call(method, path, home.admin.key);
  return body ? request.send(body) : request;
}
const got = async (path: string): Promise<Record<string, unknown>> =>
  (await send('get', path).expect(200)).body;

/** Every list that is served, each with two rows or more in it. */
const lists: [string, () => string, string[]?][] = [
  ['/locations/:id/members', () => within('/members')],
  ['/locations/:id/areas', () => within('/areas'), ['unassigned_count']],
  ['/locations/:id/custom-fields', () => within('/custom-fields')],
  ['/locations/:id/activity', () => within('/activity')],
  ['/locations/:id/checkouts', () => within('/checkouts')],
  ['/locations/:id/shopping-list', () => within('/shopping-list')],
  ['/bins', () => `/bins?location_id=${home.locationId}`],
  ['/bins/trash', () => `/bins/trash?location_id=${home.locationId}`],
  ['/bins/pinned', () => `/bins/pinned?location_id=${home.locationId}`],
  ['/bins/:id/checkouts', () => `/bins/${bin.id}/checkouts`],
  ['/items', () => `/items?location_id=${home.locationId}`],
  ['/tags', () => `/tags?location_id=${home.locationId}`],
  ['/tag-colors', () => `/tag-colors?location_id=${home.locationId}`],
  ['/saved-views', () => '/saved-views'],
  ['/scan-history', () => '/scan-history'],
];
/** Those of which one row is enough. */
const short: typeof lists = [
  ['/locations', () => '/locations'],
  ['/api-keys', () => '/api-keys'],
];
const notLists = [
  '/health',
  '/auth/status',
  '/auth/me',
  '/auth/invite-preview',
  '/plan',
  '/plan/usage',
  '/plan/usage-summary',
  '/locations/:id/stats',
  '/bins/lookup/:id',
  '/bins/:id',
  '/bins/:id/usage',
  '/user-preferences',
  '/print-settings',
];

describe('the envelope of lists (2)', () => {
  it.each([...lists, ...short])('%s: results and count, all of them', async (path, url, more = []) => {
    const { results, count, ...rest } = await got(url());
    expect(Object.keys(rest)).toEqual(more);
    for (const name of more) expect(rest[name]).toEqual(expect.any(Number));
    expect(results).toHaveLength(count as number);
    expect(count).toBeGreaterThanOrEqual(short.some(([one]) => one === path) ? 1 : 2);
  });

  it('is tested for every read that is served', () => {
    const reads = openbin.routes
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => path.slice('/api'.length).replace(/:\w+/g, ':id'));
    expect(reads.sort()).toEqual(
      [...lists, ...short]
        .map(([path]) => path)
        .concat(notLists)
        .sort(),
    );
  });

  it.each([
    '/bins',
    '/items',
    '/tags',
    '/scan-history',
    '/locations/:id/activity',
  ])('%s: with a limit the count is that of all pages (S3)', async (path) => {
    const url = lists.find(([one]) => one === path)?.[1]() ?? '';
    const all = await got(url);
    const page = await got(`${url}${url.includes('?') ? '&' : '?'}limit=1`);
    expect(page.count).toBe(all.count);
    expect(page.results).toEqual((all.results as unknown[]).slice(0, 1));
  });

  it('is another for what is no list', async () => {
    const keys = (answer: Response) => Object.keys(answer.body);
    expect(keys(await send('post', `/bins/${other.id}/items`, { items: ['x'] }).expect(201))).toEqual([
      'items',
    ]);
    const shopping = await send('post', `/bins/${other.id}/shopping-list`, { names: ['x'] }).expect(201);
    expect(keys(shopping)).toEqual(['entries', 'count']);
    const operations = [{ type: 'add_tags', bin_id: other.id, tags: ['x'] }];
    const batch = await send('post', '/batch', { locationId: home.locationId, operations });
    expect(keys(batch)).toEqual(['results', 'errors']);
  });
});

/** Every text under a name like `id`, `bin_id` or `areaId`, however deep. */
function idsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return /^id$|_id$|Id$/.test(name) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => idsIn(inner, Array.isArray(value) ? name : key));
}

describe('ids (2)', () => {
  it.each([
    ...lists,
    ...short,
    ['/bins/:id', () => `/bins/${bin.id}`],
    ['/auth/me', () => '/auth/me'],
  ] as typeof lists)('%s: are UUIDs of version 4', async (path, url) => {
    const ids = idsIn(await got(url()));
    // Tags and their colors are known by name alone.
    expect(ids.length).toBeGreaterThanOrEqual(path.startsWith('/tag') ? 0 : 1);
    expect(ids.filter((id) => !uuidV4.test(id))).toEqual([]);
  });
});

describe('bodies (2)', () => {
  it('are missing from three answers alone', async () => {
    const empty = openbin.routes.filter(({ success }) => success.status === 204 || !success.body);
    expect(empty.map(({ method, path, success }) => [`${method} ${path}`, success.status])).toEqual(
      expect.arrayContaining([
        ['DELETE /api/locations/:locationId/custom-fields/:fieldId', 204],
        ['DELETE /api/saved-views/:id', 204],
        ['DELETE /api/scan-history', 204],
      ]),
    );
    expect(empty).toHaveLength(3);
    const { body: field } = await send('post', within('/custom-fields'), { name: 'Price' });
    const { body: view } = await send('post', '/saved-views', { name: 'View' });
    const viewer = (path: string) => home.call('delete', path, home.viewer.key);
    for (const answer of [
      await send('delete', within(`/custom-fields/${field.id}`)),
      await send('delete', `/saved-views/${view.id}`),
      await viewer('/scan-history'),
    ]) {
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(answer.headers).not.toHaveProperty('content-type');
    }
  });

  it('show a pin as 0 or 1', async () => {
    const unpinned = await home.bin();
    expect([(await got(`/bins/${bin.id}`)).is_pinned, (await got(`/bins/${unpinned.id}`)).is_pinned]).toEqual(
      [1, 0],
    );
  });
});

describe('names that have two forms (2)', () => {
  const aliases: [string, 'put' | 'post', () => string, string[], () => unknown][] = [
    [
      'the items of a bin',
      'put',
      () => `/bins/${bin.id}/items/reorder`,
      ['itemIds', 'item_ids'],
      () => bin.items.map(({ id }) => id),
    ],
    ['pins', 'put', () => '/bins/pinned/reorder', ['binIds', 'bin_ids'], () => [bin.id, other.id]],
    ['a scan', 'post', () => '/scan-history', ['binId', 'bin_id'], () => bin.id],
    [
      'custom fields',
      'put',
      () => within('/custom-fields/reorder'),
      ['field_ids', 'fieldIds'],
      () => ['unknown'],
    ],
  ];

  it.each(['/bins/trash', '/bins/pinned', '/tag-colors'])('%s: locationId and location_id', async (path) => {
    const { locationId } = home;
    const [camel, snake] = [
      await got(`${path}?locationId=${locationId}`),
      await got(`${path}?location_id=${locationId}`),
    ];
    expect(camel).toEqual(snake);
    expect(camel.count).toBe(2);
    await send('get', path).expect(422);
  });

  it.each(aliases)('%s', async (_what, method, path, names, value) => {
    for (const name of names) {
      const { status } = await send(method, path(), { [name]: value() });
      expect([name, status]).toEqual([name, method === 'post' ? 201 : 200]);
    }
    await send(method, path(), {}).expect(422);
  });

  it('the search of a saved view', async () => {
    for (const name of ['searchQuery', 'search_query']) {
      const { body } = await send('post', '/saved-views', { name: 'View', [name]: 'saw' }).expect(201);
      expect(body.search_query).toBe('saw');
      await send('delete', `/saved-views/${body.id}`).expect(204);
    }
  });
});

describe('names that have one (2)', () => {
  it.each([
    ['get', '/bins'],
    ['get', '/items'],
    ['get', '/tags'],
    ['delete', '/tags/tools'],
    ['delete', '/tag-colors/tools'],
  ] as const)('%s %s: location_id', async (method, path) => {
    for (const query of ['', `?locationId=${home.locationId}`, '?location_id=']) {
      const { status, body } = await send(method, `${path}${query}`);
      expect([status, body.message]).toEqual([422, expect.stringMatching(/^location_id /)]);
    }
  });

  it.each([
    ['post', '/bins', { name: 'x' }],
    ['put', '/tag-colors', { tag: 'x', color: 'black' }],
    ['put', '/tags/rename', { oldTag: 'tools', newTag: 'x' }],
    ['post', '/tags/bulk-delete', { tags: ['tools'] }],
    ['post', '/batch', { operations: [] }],
  ] as const)('%s %s: locationId in the body', async (method, path, body) => {
    const { status, body: said } = await send(method, path, { ...body, location_id: home.locationId });
    expect([status, said.error]).toEqual([path === '/batch' ? 400 : 422, 'VALIDATION_ERROR']);
    expect(said.message).toMatch(/^locationId /);
  });

  it('fields of a bin are written in camel case and read in snake case', async () => {
    const { body } = await send('put', `/bins/${other.id}`, { cardStyle: '{"v":1}', area_id: 'ignored' });
    expect([body.error, body.area_id]).toEqual([undefined, null]);
    expect(body.card_style).toBe('{"v":1}');
    expect(body).not.toHaveProperty('cardStyle');
  });
});
