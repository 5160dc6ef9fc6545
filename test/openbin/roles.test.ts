import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { openbin } from '../../src/rest/apis/openbin/api.ts';
import { fits } from '../conformance/support/routes.ts';
import { type BinBody, useHousehold } from './household.ts';
import type { Person } from './support.ts';

// OpenBin 6, row by row, against the real routes. What depends on who made the bin is asked with a bin
// of somebody else and with one's own.
const app = useHousehold();
let people: Record<Who, Person>;
beforeAll(async () => {
  const { admin, member, viewer, stranger, locationId } = app;
  const [creator, demoted] = [await app.person(), await app.person()];
  await app.belong(creator, locationId, 'MEMBER');
  await app.belong(demoted, locationId, 'MEMBER');
  people = { admin, creator, member, viewer, demoted, stranger };
});

const roles = ['admin', 'creator', 'member', 'viewer', 'demoted', 'stranger'] as const;
/** `creator` is a member who made the bin, `demoted` a viewer who did, when still a member. */
type Who = (typeof roles)[number];
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Statuses = Readonly<Record<Who, number>>;

interface Thing {
  readonly bin: BinBody;
  readonly item: string;
  readonly trashed: BinBody;
  readonly area: string;
  readonly field: string;
  readonly elsewhere: string;
}

type Row = readonly [
  what: string,
  method: Method,
  path: (thing: Thing) => string,
  body: ((thing: Thing) => object) | null,
  statuses: Statuses,
];

/** In the order of `roles`. */
const are = (...found: readonly number[]): Statuses =>
  Object.fromEntries(roles.map((who, at) => [who, found[at]])) as Statuses;

const inLocation = (rest: string) => () => `/locations/${app.locationId}${rest}`;
const byLocation = (path: string) => () => `${path}?location_id=${app.locationId}`;
const ofBin =
  (rest = '') =>
  ({ bin }: Thing) =>
    `/bins/${bin.id}${rest}`;
const ofItem =
  (rest = '') =>
  ({ bin, item }: Thing) =>
    `/bins/${bin.id}/items/${item}${rest}`;
const located =
  (body: object = {}) =>
  () => ({ locationId: app.locationId, ...body });
const just = (body: object) => () => body;

const anyBinReader = are(200, 200, 200, 200, 200, 404);
const anyReader = are(200, 200, 200, 200, 200, 403);
const members = (ok: number, outside = 403): Statuses => are(ok, ok, ok, 403, 403, outside);
const editors = (ok: number): Statuses => are(ok, ok, 403, 403, 403, 404);
const admins = (ok: number, outside = 403): Statuses => are(ok, 403, 403, 403, 403, outside);

const rows: readonly Row[] = [
  ['read a bin', 'get', ofBin(), null, anyBinReader],
  ['look a bin up', 'get', ({ bin }) => `/bins/lookup/${bin.short_code}`, null, anyBinReader],
  ['read its checkouts', 'get', ofBin('/checkouts'), null, anyBinReader],
  ['read its usage', 'get', ofBin('/usage'), null, anyBinReader],
  ['list bins', 'get', byLocation('/bins'), null, anyReader],
  ['list the trash', 'get', byLocation('/bins/trash'), null, anyReader],
  ['list pins', 'get', byLocation('/bins/pinned'), null, anyReader],
  ['list items', 'get', byLocation('/items'), null, anyReader],
  ['list tags', 'get', byLocation('/tags'), null, anyReader],
  ['list tag colors', 'get', byLocation('/tag-colors'), null, anyReader],
  ['list areas', 'get', inLocation('/areas'), null, anyReader],
  ['list members', 'get', inLocation('/members'), null, anyReader],
  ['read the log', 'get', inLocation('/activity'), null, anyReader],
  ['list checkouts', 'get', inLocation('/checkouts'), null, anyReader],
  ['read the shopping list', 'get', inLocation('/shopping-list'), null, anyReader],
  ['read the stats', 'get', inLocation('/stats'), null, anyReader],
  ['list custom fields', 'get', inLocation('/custom-fields'), null, anyReader],

  ['record a use', 'post', ofBin('/usage'), just({ trigger: 'scan' }), are(201, 201, 201, 201, 201, 404)],
  [
    'record a scan',
    'post',
    () => '/scan-history',
    ({ bin }) => ({ binId: bin.id }),
    are(201, 201, 201, 201, 201, 404),
  ],
  ['unpin', 'delete', ofBin('/pin'), null, are(200, 200, 200, 200, 200, 200)],
  [
    'put pins in order',
    'put',
    () => '/bins/pinned/reorder',
    ({ bin }) => ({ binIds: [bin.id] }),
    are(200, 200, 200, 200, 200, 200),
  ],

  ['make a bin', 'post', () => '/bins', located({ name: 'New' }), members(201)],
  ['copy a bin', 'post', ofBin('/duplicate'), just({}), members(201, 404)],
  ['add tags', 'put', ofBin('/add-tags'), just({ tags: ['x'] }), members(200, 404)],
  ['pin', 'post', ofBin('/pin'), null, members(200, 404)],
  ['check out', 'post', ofItem('/checkout'), null, members(201, 404)],
  [
    'bring back in bulk',
    'post',
    inLocation('/checkouts/bulk-return'),
    just({ checkoutIds: ['x'] }),
    members(200),
  ],
  ['add to the shopping list', 'post', inLocation('/shopping-list'), just({ name: 'x' }), members(201)],
  ['add for a bin', 'post', ofBin('/shopping-list'), just({ names: ['x'] }), members(201, 404)],
  ['color a tag', 'put', () => '/tag-colors', located({ tag: 'x', color: 'black' }), members(200)],
  ['uncolor a tag', 'delete', byLocation('/tag-colors/x'), null, members(200)],
  ['rename a tag', 'put', () => '/tags/rename', located({ oldTag: 'a', newTag: 'b' }), members(200)],
  ['delete a tag', 'delete', byLocation('/tags/a'), null, members(200)],
  ['delete tags', 'post', () => '/tags/bulk-delete', located({ tags: ['a'] }), members(200)],
  [
    'place tags',
    'post',
    () => '/tags/bulk-set-parent',
    located({ tags: ['a'], parentTag: null }),
    members(200),
  ],
  ['color tags', 'post', () => '/tags/bulk-set-color', located({ tags: ['a'], color: '' }), members(200)],
  ['merge tags', 'post', () => '/tags/bulk-merge', located({ fromTags: ['a'], toTag: 'b' }), members(200)],
  [
    'apply a plan',
    'post',
    () => '/tags/bulk-apply',
    located({ taxonomy: {}, assignments: {} }),
    members(200),
  ],
  // Items that a stranger cannot see do not matter (25.1).
  [
    'count items',
    'post',
    () => '/items/bulk-quantity',
    ({ item }) => ({ ids: [item], op: 'inc', value: 1 }),
    members(200, 200),
  ],
  [
    'check items out',
    'post',
    () => '/items/bulk-checkout',
    ({ item }) => ({ ids: [item] }),
    members(200, 200),
  ],
  [
    'move items',
    'post',
    () => '/items/bulk-move',
    ({ item, bin }) => ({ ids: [item], targetBinId: bin.id }),
    members(200, 404),
  ],
  [
    'run a batch',
    'post',
    () => '/batch',
    located({ operations: [{ type: 'create_bin', name: 'x' }] }),
    members(200),
  ],
  ['delete items', 'post', () => '/items/bulk-delete', ({ item }) => ({ ids: [item] }), members(200, 200)],

  ['change a bin', 'put', ofBin(), just({ notes: 'x' }), editors(200)],
  ['rename it with its items', 'put', ofBin(), just({ name: 'x', items: [] }), editors(200)],
  ['replace its items', 'put', ofBin(), just({ items: ['x'] }), members(200, 404)],
  ['add items', 'post', ofBin('/items'), just({ items: ['x'] }), editors(201)],
  ['rename an item', 'put', ofItem(), just({ name: 'x' }), editors(200)],
  ['count an item', 'patch', ofItem('/quantity'), just({ quantity: 2 }), editors(200)],
  ['order items', 'put', ofBin('/items/reorder'), ({ item }) => ({ itemIds: [item] }), editors(200)],
  ['remove an item', 'delete', ofItem(), null, editors(200)],
  ['make a bin private', 'put', ofBin(), just({ visibility: 'private' }), are(403, 200, 403, 403, 403, 404)],
  ['throw a bin away', 'delete', ofBin(), null, editors(200)],

  ['restore a bin', 'post', ({ trashed }) => `/bins/${trashed.id}/restore`, null, admins(200, 404)],
  ['erase a bin', 'delete', ({ trashed }) => `/bins/${trashed.id}/permanent`, null, admins(200, 404)],
  [
    'change a code',
    'post',
    ofBin('/change-code'),
    () => ({ code: Math.random().toString(36).slice(2, 8).padEnd(6, 'A') }),
    admins(200, 404),
  ],
  ['move a bin', 'post', ofBin('/move'), ({ elsewhere }) => ({ locationId: elsewhere }), admins(200, 404)],

  ['make an area', 'post', inLocation('/areas'), () => ({ name: String(Math.random()) }), admins(201)],
  [
    'rename an area',
    'put',
    ({ area }) => inLocation(`/areas/${area}`)(),
    () => ({ name: String(Math.random()) }),
    admins(200),
  ],
  ['delete an area', 'delete', ({ area }) => inLocation(`/areas/${area}`)(), null, admins(200)],
  [
    'make a custom field',
    'post',
    inLocation('/custom-fields'),
    () => ({ name: String(Math.random()) }),
    admins(201),
  ],
  [
    'order custom fields',
    'put',
    inLocation('/custom-fields/reorder'),
    ({ field }) => ({ field_ids: [field] }),
    admins(200),
  ],
  [
    'change a custom field',
    'put',
    ({ field }) => inLocation(`/custom-fields/${field}`)(),
    just({ position: 1 }),
    admins(200),
  ],
  [
    'delete a custom field',
    'delete',
    ({ field }) => inLocation(`/custom-fields/${field}`)(),
    null,
    admins(204),
  ],
  ['change the location', 'put', inLocation(''), just({ app_name: 'X' }), admins(200)],
  ['renew the invite code', 'post', inLocation('/regenerate-invite'), null, admins(200)],
  [
    'change a role',
    'put',
    () => inLocation(`/members/${people.viewer.account.id}/role`)(),
    just({ role: 'viewer' }),
    admins(200),
  ],
  [
    'reset a password',
    'post',
    () => inLocation(`/members/${people.member.account.id}/reset-password`)(),
    null,
    admins(200),
  ],
  ['remove somebody', 'delete', () => inLocation('/members/unknown')(), null, admins(404)],
];

/** Fresh things, so that no row depends on another; the bins were made by `by`. */
async function fresh(by: Person): Promise<Thing> {
  const inIt = { locationId: app.locationId };
  const demoted = by === people.demoted;
  const role = (role: 'MEMBER' | 'VIEWER') =>
    app.db.membership.updateMany({ where: { ...inIt, accountId: by.account.id }, data: { role } });
  if (demoted) await role('MEMBER');
  const bin = await app.bin({ items: ['Saw'] }, by);
  const trashed = await app.bin({}, by);
  await app.trash(trashed.id, by);
  if (demoted) await role('VIEWER');
  const name = String(Math.random());
  const [area, field] = [
    await app.db.area.create({ data: { id: newId(), ...inIt, name } }),
    await app.db.customField.create({ data: { id: newId(), ...inIt, name, position: 0 } }),
  ];
  const elsewhere = (await app.location(app.admin, 'Elsewhere')).id;
  return { bin, item: bin.items[0]?.id ?? '', trashed, area: area.id, field: field.id, elsewhere };
}

/** Whose answers depend on no role in a location. */
const noRole: readonly RegExp[] = [
  /^\S+ \/api\/(auth|api-keys|plan|health|user-preferences|print-settings|saved-views|scan-history)\b/,
  /^(GET|POST) \/api\/locations(\/join)?$/,
];
/** Asked below, and the last one in locations.test.ts. */
const elsewhere: readonly string[] = [
  'POST /api/bins/:id/items/:itemId/return',
  'POST /api/items/bulk-restore',
  'POST /api/shopping-list/:id/purchase',
  'DELETE /api/shopping-list/:id',
  'DELETE /api/locations/:id',
];

describe('every route', () => {
  it('has a row, or no role', () => {
    const nothing = {
      bin: { id: 'x', short_code: 'x' },
      item: 'x',
      trashed: { id: 'x' },
      area: 'x',
      field: 'x',
    };
    const isOfRoles = (name: string) => !noRole.some((one) => one.test(name));
    const asked = rows.map(
      ([, method, path]) => [method.toUpperCase(), `/api${path(nothing as Thing)}`] as const,
    );
    const routes = openbin.routes.map(({ method, path }) => ({
      method,
      path,
      words: path.split(':').length,
    }));
    const covered = asked.map(([method, url]) => {
      const [path = ''] = url.split('?');
      const [best] = routes
        .filter((route) => route.method === method && fits(path, route.path))
        .sort((a, b) => a.words - b.words);
      return `${best?.method} ${best?.path}`;
    });
    const ofRoles = routes.map(({ method, path }) => `${method} ${path}`).filter(isOfRoles);
    expect(ofRoles.sort()).toEqual([...new Set([...covered, ...elsewhere])].filter(isOfRoles).sort());
  });
});

describe('who may do what (6)', () => {
  /** Things that were only read, or not changed by whoever was refused. */
  const unused = new Map<Person, Thing>();

  it.each(rows)('%s', async (_what, method, path, body, statuses) => {
    const found: Partial<Record<Who, number>> = {};
    for (const who of roles) {
      const by = who === 'creator' || who === 'demoted' ? people[who] : people.creator;
      const thing = unused.get(by) ?? (await fresh(by));
      unused.set(by, thing);
      const request = app.call(method, path(thing), people[who].key);
      const { status } = await (body ? request.send(body(thing)) : request);
      if (method !== 'get' && status < 400) unused.clear();
      found[who] = status;
    }
    expect(found).toEqual(statuses);
  });

  const found = async (ask: (who: Who) => PromiseLike<{ readonly status: number }>) => {
    const statuses: Partial<Record<Who, number>> = {};
    for (const who of roles) statuses[who] = (await ask(who)).status;
    return statuses;
  };

  it('bring an item back', async () => {
    const answers = await found(async (who) => {
      const { id, items } = await app.bin({ items: ['Saw'] });
      const item = `/bins/${id}/items/${items[0]?.id}`;
      await app.call('post', `${item}/checkout`, app.admin.key).expect(201);
      return app.call('post', `${item}/return`, people[who].key).send({});
    });
    expect(answers).toEqual(members(200, 404));
  });

  it('restore items', async () => {
    const answers = await found(async (who) => {
      const { items } = await app.bin({ items: ['Saw'] });
      const ids = [items[0]?.id];
      await app.call('post', '/items/bulk-delete', app.admin.key).send({ ids }).expect(200);
      return app.call('post', '/items/bulk-restore', people[who].key).send({ ids });
    });
    expect(answers).toEqual(members(200, 200));
  });

  it.each([
    ['buy what is on the shopping list', 'post', '/purchase'],
    ['take it off', 'delete', ''],
  ] as const)('%s', async (_what, method, rest) => {
    const answers = await found(async (who) => {
      const { body } = await app
        .call('post', inLocation('/shopping-list')(), app.admin.key)
        .send({ name: 'Glue' });
      return app.call(method, `/shopping-list/${body.entry.id}${rest}`, people[who].key);
    });
    expect(answers).toEqual(members(200));
  });

  it('everybody does with their own what they like', async () => {
    for (const who of ['viewer', 'stranger'] as const) {
      const send = (method: Method, path: string, body?: object) =>
        app.call(method, path, people[who].key).send(body);
      for (const path of ['/user-preferences', '/print-settings']) {
        await send('put', path, { a: 1 }).expect(200);
        expect((await send('get', path).expect(200)).body).toMatchObject({ a: 1 });
      }
      const { body: view } = await send('post', '/saved-views', { name: 'Mine' }).expect(201);
      await send('put', `/saved-views/${view.id}`, { name: 'Still' }).expect(200);
      await send('delete', `/saved-views/${view.id}`).expect(204);
      await send('get', '/scan-history').expect(200);
      await send('delete', '/scan-history').expect(204);
      const { body: key } = await send('post', '/api-keys').expect(201);
      await send('delete', `/api-keys/${key.id}`).expect(200);
    }
  });

  it('lets its maker alone restore to others a bin that was private, and no administrator touch it', async () => {
    const bin = await app.bin({ visibility: 'private' }, people.creator);
    const path = `/bins/${bin.id}`;
    await app.call('put', path, people.admin.key).send({ visibility: 'location' }).expect(404);
    await app.call('delete', path, people.admin.key).expect(404);
    await app.call('put', path, people.creator.key).send({ visibility: 'location' }).expect(200);
    await app.call('get', path, people.admin.key).expect(200);
  });
});

describe('who goes while something is under way', () => {
  const setRole = (locationId: string, of: Person, role: string, as: Person) =>
    app.call('put', `/locations/${locationId}/members/${of.account.id}/role`, as.key).send({ role });
  const leave = (locationId: string, who: Person) =>
    app.call('delete', `/locations/${locationId}/members/${who.account.id}`, who.key);

  it('leaves an administrator when one goes and another is demoted at once', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await app.person(), await app.person()];
      const { id } = await app.location(one, 'Shared');
      await app.belong(other, id, 'ADMIN');
      const answers = await Promise.all([leave(id, one), setRole(id, other, 'member', one)]);
      expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
      expect(await app.db.membership.count({ where: { locationId: id, role: 'ADMIN' } })).toBe(1);
    }
  });

  it('leaves one of two administrators who demote each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await app.person(), await app.person()];
      const { id } = await app.location(one, 'Shared');
      await app.belong(other, id, 'ADMIN');
      await Promise.all([setRole(id, other, 'member', one), setRole(id, one, 'viewer', other)]);
      expect(await app.db.membership.count({ where: { locationId: id, role: 'ADMIN' } })).toBe(1);
    }
  });

  it('answers somebody who is removed during their writes with success or refusal, and then only with refusal', async () => {
    const who = await app.person();
    await app.belong(who, app.locationId, 'MEMBER');
    const bin = await app.bin({ items: ['Saw'] }, who);
    const writes = () => [
      app.call('post', '/bins', who.key).send({ locationId: app.locationId, name: 'Late' }),
      app.call('put', `/bins/${bin.id}`, who.key).send({ notes: 'late' }),
      app.call('post', `/bins/${bin.id}/items`, who.key).send({ items: ['Late'] }),
      app.call('post', `/bins/${bin.id}/duplicate`, who.key).send({}),
      app.call('post', '/items/bulk-delete', who.key).send({ ids: [bin.items[0]?.id] }),
    ];
    const path = `/locations/${app.locationId}/members/${who.account.id}`;
    const [removed, ...during] = await Promise.all([app.call('delete', path, app.admin.key), ...writes()]);
    expect(removed.status).toBe(200);
    for (const { status } of during) expect([200, 201, 403, 404]).toContain(status);
    const after = await Promise.all(writes());
    expect(after.map(({ status }) => status)).toEqual([403, 404, 404, 404, 200]);
    expect(after[4]?.body).toEqual({ deleted: 0 });
  });
});
