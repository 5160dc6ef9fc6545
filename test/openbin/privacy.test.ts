import { beforeAll, describe, expect, it } from 'vitest';
import { openbin } from '../../src/rest/apis/openbin/api.ts';
import { fits } from '../conformance/support/routes.ts';
import { type BinBody, useHousehold } from './household.ts';
import type { Person } from './support.ts';

// OpenBin 6: a private bin exists for its maker alone, whatever is asked and by whom.
const secret = 'xyzzyplugh';
const unknownId = '01890000-0000-7000-8000-000000000000';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Call = readonly [method: Method, path: string, body?: object];

const app = useHousehold();
/** Who has the private bin; an administrator, as others may not do everything with it. */
let maker: Person;
let areaId: string;
let fieldId: string;
let open: BinBody;
const called = new Set<string>();

beforeAll(async () => {
  maker = await app.person({ name: 'Max' });
  await app.belong(maker, app.locationId, 'ADMIN');
  const inLocation = `/locations/${app.locationId}`;
  areaId = (await app.call('post', `${inLocation}/areas`, app.admin.key).send({ name: 'Attic' })).body.id;
  fieldId = (await app.call('post', `${inLocation}/custom-fields`, app.admin.key).send({ name: 'Owner' }))
    .body.id;
  open = await app.bin({ name: 'Open', items: ['Saw', 'Axe'], tags: ['plain'], areaId, color: 'black' });
  await app.call('post', `/bins/${open.id}/items/${open.items[0]?.id}/checkout`, app.admin.key).expect(201);
  await app.call('post', `${inLocation}/shopping-list`, app.admin.key).send({ name: 'Nails' }).expect(201);
  await app.trash((await app.bin({ name: 'Thrown' })).id);
});

const send = ([method, path, body]: Call, as: Person) => {
  called.add(`${method.toUpperCase()} ${path.split('?')[0]}`);
  const request = app.call(method, path, as.key);
  return body === undefined ? request : request.send(body);
};

type Named = Pick<BinBody, 'id' | 'short_code'>;

/** Everything that can be read, with what is asked for in the words of the private bin. */
function reads({ id, short_code: code }: Named): string[] {
  const inLocation = `/locations/${app.locationId}`;
  const of = `location_id=${app.locationId}`;
  const tag = `${secret}-tag`;
  const sorts = ['updated_at', 'created_at', 'name', 'area', 'last_used'];
  const narrowed = [`q=${secret}`, `q=${secret.slice(0, 4)}`, `q=${code}`, `tag=${tag}`, `tags=plain,${tag}`];
  return [
    ...['/auth/status', '/auth/me', `/auth/invite-preview?code=none`, '/api-keys', '/plan', '/plan/usage'],
    ...['/plan/usage-summary', '/health', '/saved-views', '/scan-history', '/user-preferences'],
    ...['/print-settings', '/locations', `${inLocation}/stats`, `${inLocation}/members`],
    ...[`${inLocation}/areas`, `${inLocation}/custom-fields`, `${inLocation}/checkouts`],
    ...[`${inLocation}/shopping-list`, `/tag-colors?${of}`, `/bins/trash?${of}`, `/bins/pinned?${of}`],
    ...['', `entity_type=bin`, `entity_type=item`, `entity_type=shopping_list`, `entity_id=${id}`].map(
      (query) => `${inLocation}/activity?limit=100&${query}`,
    ),
    ...[`user_id=${maker.account.id}`, 'limit=1', 'limit=1&offset=1'].map(
      (query) => `${inLocation}/activity?${query}`,
    ),
    ...['', ...narrowed, `tags=plain,${tag}&tag_mode=all`, `area_id=${areaId}`, 'areas=__unassigned__'].map(
      (query) => `/bins?${of}&${query}`,
    ),
    ...['colors=white', 'has_items=true', 'has_notes=true', 'needs_organizing=true', 'limit=1'].map(
      (query) => `/bins?${of}&${query}`,
    ),
    ...['unused_since=2020-01-01', 'unused_since=2999-01-01'].map((query) => `/bins?${of}&${query}`),
    ...sorts.flatMap((sort) => ['asc', 'desc'].map((way) => `/bins?${of}&sort=${sort}&sort_dir=${way}`)),
    ...['', `q=${secret}`, 'sort=bin', 'sort=qty', 'sort=qty&sort_dir=desc', 'limit=1'].map(
      (query) => `/items?${of}&${query}`,
    ),
    ...['', `q=${secret}`, 'sort=count', 'limit=1'].map((query) => `/tags?${of}&${query}`),
    ...[`/bins/${id}`, `/bins/lookup/${code}`, `/bins/${id}/checkouts`, `/bins/${id}/usage`],
    ...[`/bins/${open.id}`, `/bins/${open.id}/checkouts`, `/bins/${open.id}/usage`],
  ];
}

/** What changes by being used, and says nothing of bins; null until the first use is written, which is after the answer. */
const volatile = /"(last_used_at|lastUsedAt)":("[^"]*"|null)/g;
const telling = (text: string) => text.replace(volatile, '').replace(/"requestId":"[^"]*"/g, '');

const everything = `query ($id: ID!) {
  location(id: $id) {
    binCount memberCount updatedAt
    stats { totalBins totalItems totalAreas needsOrganizing }
    unassignedBinCount areas { nodes { binCount subtreeBinCount name } }
    tags { totalCount nodes { name binCount } }
    activities(first: 100) { totalCount nodes { action entityId entityName changes } }
    checkouts { nodes { id itemId itemName originBinId } }
    shoppingList { nodes { id name originBinId originBinName } }
  }
  bins(locationId: $id) { totalCount nodes { id name items { id name } } }
  items(locationId: $id) { totalCount nodes { id name binId binName } }
  trashedBins(locationId: $id) { nodes { id name } }
  pinnedBins(locationId: $id) { id name }
}`;

/** JSON with its keys in one order: an executor may answer fields as they come. */
const inOrder = (json: unknown): string =>
  JSON.stringify(json, (_key, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** All answers to somebody who asks everything, by question. */
async function answers(as: Person, bin: Named): Promise<Map<string, string>> {
  await app.services.background.drain();
  const found = new Map<string, string>();
  for (const path of reads(bin)) {
    const { status, text } = await send(['get', path], as);
    const question = path.replace(bin.id, '<bin>').replace(bin.short_code, '<code>');
    found.set(question, `${status} ${telling(text)}`);
  }
  const { errors, data } = await app.graphql(everything, { id: app.locationId }, as.key);
  if (errors) throw new Error(JSON.stringify(errors));
  found.set('graphql', inOrder(data));
  return found;
}

/** A private bin with the secret in whatever has words. */
async function makeBin(): Promise<BinBody> {
  return app.bin(
    {
      name: `${secret} box`,
      notes: `${secret} notes`,
      items: [`${secret} one`, { name: `${secret} two`, quantity: 7 }, `${secret} three`],
      tags: [`${secret}-tag`],
      color: 'white',
      areaId,
      icon: `${secret}`,
      customFields: { [fieldId]: `${secret} value` },
      visibility: 'private',
    },
    maker,
  );
}

const outsiders = () => [app.admin, app.member, app.viewer];

describe('a private bin', () => {
  let bin: BinBody;
  let ids: string[];
  let before: Map<string, string>[];

  const asMaker = async (...call: Call) => {
    const response = await send(call, maker);
    if (response.status >= 300) throw new Error(`${call} ${response.status} ${response.text}`);
    return response.body;
  };

  /** Nobody is answered anything else than before there was such a bin, nor what is secret. */
  async function expectUnseen(): Promise<void> {
    for (const [at, as] of outsiders().entries()) {
      for (const [path, text] of await answers(as, bin)) {
        expect(text, path).toBe(before[at]?.get(path));
        for (const word of [secret, ...ids]) {
          expect(text.toLowerCase(), path).not.toContain(word.toLowerCase());
        }
      }
    }
  }

  beforeAll(async () => {
    before = [];
    for (const as of outsiders()) before.push(await answers(as, { id: unknownId, short_code: 'ZZZ999' }));
    bin = await makeBin();
    ids = [bin.id, bin.short_code, ...bin.items.map(({ id }) => id)];
  });

  it('is seen by its maker', async () => {
    const texts = await answers(maker, bin);
    expect([...texts.values()].filter((text) => text.includes(secret)).length).toBeGreaterThan(15);
  });

  it('stays unseen when it is new', expectUnseen);

  it('stays unseen through everything that is done with it', async () => {
    const [one, two, three] = bin.items.map(({ id }) => id);
    const path = `/bins/${bin.id}`;
    const inLocation = `/locations/${app.locationId}`;
    await asMaker('put', path, {
      name: `${secret} chest`,
      notes: `${secret}!`,
      tags: [`${secret}-tag`, `${secret}-b`],
    });
    await asMaker('put', `${path}/add-tags`, { tags: [`${secret}-c`] });
    const { items } = await asMaker('post', `${path}/items`, { items: [`${secret} four`] });
    ids.push(items[0].id);
    await asMaker('put', `${path}/items/${one}`, { name: `${secret} first`, quantity: 3 });
    await asMaker('patch', `${path}/items/${one}/quantity`, { quantity: 5 });
    await asMaker('put', `${path}/items/reorder`, { itemIds: [two, one] });
    await asMaker('delete', `${path}/items/${items[0].id}`);
    await asMaker('post', `${path}/pin`);
    await asMaker('put', '/bins/pinned/reorder', { binIds: [bin.id] });
    await asMaker('post', '/scan-history', { binId: bin.id });
    await asMaker('post', `${path}/usage`, { trigger: 'manual' });
    await expectUnseen();

    const { checkout } = await asMaker('post', `${path}/items/${one}/checkout`);
    await asMaker('post', `${path}/items/${two}/checkout`);
    ids.push(checkout.id);
    await asMaker('post', '/items/bulk-checkout', { ids: [three] });
    await asMaker('post', `${inLocation}/checkouts/bulk-return`, { checkoutIds: [checkout.id] });
    await asMaker('post', '/items/bulk-quantity', { ids: [one], op: 'inc', value: 1 });
    await asMaker('post', '/items/bulk-delete', { ids: [one] });
    await asMaker('post', '/items/bulk-restore', { ids: [one] });
    const { entry } = await asMaker('post', `${inLocation}/shopping-list`, {
      name: `${secret} oil`,
      originBinId: bin.id,
    });
    const { entries } = await asMaker('post', `${path}/shopping-list`, { names: [`${secret} wax`, secret] });
    ids.push(entry.id, entries[0].id, entries[1].id);
    await asMaker('post', `/shopping-list/${entry.id}/purchase`);
    await asMaker('delete', `/shopping-list/${entries[0].id}`);
    await expectUnseen();

    const copy = await asMaker('post', `${path}/duplicate`, {});
    ids.push(copy.id, copy.short_code);
    await asMaker('post', '/items/bulk-move', { ids: [three], targetBinId: copy.id });
    await asMaker('post', `${path}/items/${two}/return`, { targetBinId: copy.id });
    await asMaker('post', `${path}/change-code`, { code: 'QQQ777' });
    ids.push('QQQ777');
    bin = { ...bin, short_code: 'QQQ777' };
    await asMaker('delete', `/bins/${copy.id}`);
    await expectUnseen();
  });

  it('answers those who write to it as if they had guessed', async () => {
    const [item = ''] = bin.items.map(({ id }) => id);
    const [openItem = ''] = open.items.map(({ id }) => id);
    const { checkout } = await asMaker('post', `/bins/${bin.id}/items/${item}/checkout`);
    const { entries } = await asMaker('post', `/bins/${bin.id}/shopping-list`, { names: [secret] });
    const private_ = {
      bin: bin.id,
      item,
      checkout: checkout.id,
      entry: entries[0].id,
      tag: `${secret}-tag`,
    };
    const guessed = {
      bin: unknownId,
      item: unknownId,
      checkout: unknownId,
      entry: unknownId,
      tag: 'guessed',
    };
    const attempts = ({ bin, item, checkout, entry, tag }: typeof guessed): Call[] => {
      const { locationId } = app;
      const bulkIds = { ids: [item] };
      return [
        ['put', `/bins/${bin}`, { notes: 'x' }],
        ['put', `/bins/${bin}`, { items: [] }],
        ['delete', `/bins/${bin}`],
        ['post', `/bins/${bin}/restore`],
        ['delete', `/bins/${bin}/permanent`],
        ['post', `/bins/${bin}/change-code`, { code: 'ABC123' }],
        ['post', `/bins/${bin}/move`, { locationId }],
        ['post', `/bins/${bin}/duplicate`, {}],
        ['put', `/bins/${bin}/add-tags`, { tags: ['x'] }],
        ['post', `/bins/${bin}/pin`],
        ['delete', `/bins/${bin}/pin`],
        ['put', '/bins/pinned/reorder', { binIds: [bin] }],
        ['post', `/bins/${bin}/usage`, { trigger: 'scan' }],
        ['post', '/scan-history', { binId: bin }],
        ['post', `/bins/${bin}/items`, { items: ['x'] }],
        ['put', `/bins/${bin}/items/reorder`, { itemIds: [item] }],
        ['put', `/bins/${bin}/items/${item}`, { name: 'x' }],
        ['patch', `/bins/${bin}/items/${item}/quantity`, { quantity: 1 }],
        ['delete', `/bins/${bin}/items/${item}`],
        ['post', `/bins/${bin}/items/${item}/checkout`],
        ['post', `/bins/${open.id}/items/${item}/checkout`],
        ['put', `/bins/${open.id}/items/${item}`, { name: 'x' }],
        ['put', `/bins/${open.id}/items/reorder`, { itemIds: [item] }],
        ['post', `/bins/${bin}/items/${item}/return`, {}],
        ['post', `/bins/${open.id}/items/${openItem}/return`, { targetBinId: bin }],
        ['post', `/locations/${locationId}/checkouts/bulk-return`, { checkoutIds: [checkout] }],
        [
          'post',
          `/locations/${locationId}/checkouts/bulk-return`,
          { checkoutIds: [unknownId], targetBinId: bin },
        ],
        ['post', '/items/bulk-delete', bulkIds],
        ['post', '/items/bulk-restore', bulkIds],
        ['post', '/items/bulk-checkout', bulkIds],
        ['post', '/items/bulk-move', { ...bulkIds, targetBinId: open.id }],
        ['post', '/items/bulk-move', { ids: [openItem], targetBinId: bin }],
        ['post', '/items/bulk-quantity', { ...bulkIds, op: 'set', value: 0 }],
        ['post', `/locations/${locationId}/shopping-list`, { name: 'x', originBinId: bin }],
        ['post', `/bins/${bin}/shopping-list`, { names: ['x'] }],
        ['post', `/shopping-list/${entry}/purchase`],
        ['delete', `/shopping-list/${entry}`],
        ['put', '/tags/rename', { locationId, oldTag: tag, newTag: 'known' }],
        ['delete', `/tags/${tag}?location_id=${locationId}`],
        ['post', '/tags/bulk-set-parent', { locationId, tags: [tag], parentTag: null }],
        ['post', '/tags/bulk-delete', { locationId, tags: [tag] }],
        ['post', '/tags/bulk-merge', { locationId, fromTags: [tag], toTag: 'known' }],
        ['post', '/tags/bulk-apply', { locationId, taxonomy: {}, assignments: { add: { [bin]: ['x'] } } }],
        [
          'post',
          '/batch',
          {
            locationId,
            operations: [
              { type: 'update_bin', bin_id: bin, notes: 'x' },
              { type: 'delete_bin', bin_id: bin },
              { type: 'restore_bin', bin_id: bin },
              { type: 'duplicate_bin', bin_id: bin },
              { type: 'add_items', bin_id: bin, items: ['x'] },
              { type: 'remove_items', bin_id: bin, items: ['x'] },
              { type: 'reorder_items', bin_id: bin, item_ids: [item] },
              { type: 'reorder_items', bin_id: open.id, item_ids: [item] },
              { type: 'add_tags', bin_id: bin, tags: ['x'] },
              { type: 'set_area', bin_id: bin, area_name: 'x' },
              { type: 'set_notes', bin_id: bin, mode: 'clear' },
              { type: 'pin_bin', bin_id: bin },
              { type: 'unpin_bin', bin_id: bin },
              { type: 'checkout_item', bin_id: bin, item_name: 'x' },
              { type: 'return_item', bin_id: bin, item_name: 'x' },
            ],
          },
        ],
      ];
    };
    const words = (text: string, of: typeof guessed) =>
      Object.values(of).reduce((so, id) => so.replaceAll(id, '<id>'), telling(text));
    const stored = await app.items(bin.id, maker);
    for (const as of [...outsiders(), app.stranger]) {
      const told = attempts(private_);
      for (const [at, call] of attempts(guessed).entries()) {
        const expected = await send(call, as);
        const found = await send(told[at] as Call, as);
        const name = `${call[0]} ${call[1]}`;
        expect(`${found.status} ${words(found.text, private_)}`, name).toBe(
          `${expected.status} ${words(expected.text, guessed)}`,
        );
        expect(found.text).not.toContain(secret);
      }
    }
    expect(await app.items(bin.id, maker)).toEqual(stored);
    expect((await send(['get', `/bins/${bin.id}`], maker)).body.tags).toContain(`${secret}-tag`);
  });
});

describe('a private bin that goes', () => {
  it('stays unseen in the trash, and when it is deleted for good', async () => {
    const other = await app.location(maker, 'Elsewhere');
    const bin = await makeBin();
    const inLocation = `/locations/${app.locationId}`;
    await send(['post', `/bins/${bin.id}/shopping-list`, { names: [`${secret} tea`] }], maker);
    const expectNoWord = async () => {
      for (const as of outsiders()) {
        for (const [path, text] of await answers(as, bin)) {
          expect(text.includes(secret) || text.includes(bin.items[0]?.id ?? ''), path).toBe(false);
        }
      }
    };
    await send(['delete', `/bins/${bin.id}`], maker);
    await expectNoWord();
    await send(['post', `/bins/${bin.id}/restore`], maker);
    await expectNoWord();
    await send(['delete', `/bins/${bin.id}`], maker);
    await send(['delete', `/bins/${bin.id}/permanent`], maker);
    await expectNoWord();
    const moved = await makeBin();
    expect((await send(['post', `/bins/${moved.id}/move`, { locationId: other.id }], maker)).status).toBe(
      200,
    );
    await expectNoWord();
    expect((await app.call('get', `${inLocation}/shopping-list`, maker.key)).text).toContain(secret);
  });
});

describe('these walks', () => {
  it('ask every route that reads', () => {
    const missing = openbin.routes
      .filter(({ method }) => method === 'GET')
      .filter(({ path }) => ![...called].some((call) => fits(`/api${call.replace(/^GET /, '')}`, path)));
    expect(missing.map(({ path }) => path)).toEqual([]);
  });
});
