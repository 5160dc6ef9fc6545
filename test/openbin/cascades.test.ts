import { beforeAll, describe, expect, it } from 'vitest';
import { password } from '../support/app.ts';
import { type BinBody, useHousehold } from './household.ts';
import type { Person } from './support.ts';

// OpenBin 26: what goes with what, and what stays.
const home = useHousehold({ DELETION_GRACE_PERIOD_DAYS: '0' });
let admin: Person;
let member: Person;
let viewer: Person;
beforeAll(async () => {
  ({ admin, member, viewer } = home);
});

type Method = 'get' | 'post' | 'put' | 'delete';
const send = async (method: Method, path: string, body?: object, as: Person = admin) => {
  const answer = await home.call(method, path, as.key).send(body);
  if (answer.status >= 300) throw new Error(`${method} ${path} ${answer.status} ${answer.text}`);
  return answer.body;
};
const rowsOf = async (path: string, as: Person = admin): Promise<Record<string, unknown>[]> =>
  (await send('get', path, undefined, as)).results;

/** A location in which there is something of every kind, made by `by`; `admin` administrates it. */
async function furnished(by: Person = admin) {
  const { id, invite_code: inviteCode } = await home.location(admin, 'Furnished');
  const inLocation = (rest: string) => `/locations/${id}${rest}`;
  const joining = [member, viewer, by].filter((who, at, all) => who !== admin && all.indexOf(who) === at);
  for (const who of joining) await home.belong(who, id, who === viewer ? 'VIEWER' : 'MEMBER');
  const area = await send('post', inLocation('/areas'), { name: 'Room' });
  const shelf = await send('post', inLocation('/areas'), { name: 'Shelf', parent_id: area.id });
  const field = await send('post', inLocation('/custom-fields'), { name: 'Weight' });
  await send('put', '/tag-colors', { locationId: id, tag: 'steel', color: 'black', parentTag: 'metal' }, by);
  const bin = await home.bin(
    {
      locationId: id,
      name: 'Chest',
      notes: 'n',
      areaId: shelf.id,
      tags: ['steel', 'heavy'],
      items: ['Saw', { name: 'Axe', quantity: 2 }, 'Hoe'],
      customFields: { [field.id]: '3 kg' },
    },
    by,
  );
  const other = await home.bin({ locationId: id, name: 'Other' }, by);
  const [saw, axe] = bin.items.map((item) => item.id);
  const path = `/bins/${bin.id}`;
  const { checkout: open } = await send('post', `${path}/items/${saw}/checkout`, {}, by);
  await send('post', `${path}/items/${axe}/checkout`, {}, by);
  const { checkout: closed } = await send('post', `${path}/items/${axe}/return`, {}, by);
  const { entries } = await send('post', `${path}/shopping-list`, { names: ['Oil'] }, by);
  await send('post', `${path}/pin`, {}, by);
  await send('post', '/scan-history', { binId: bin.id }, by);
  await send('post', `${path}/usage`, { trigger: 'scan' }, by);
  await home.services.background.drain();
  return { id, inviteCode, inLocation, area, shelf, field, bin, other, open, closed, entry: entries[0] };
}

/** How many rows of every kind hang on a bin. */
async function hanging({ id: binId }: BinBody) {
  const { db } = home;
  const bin = { bin: { id: binId } };
  return {
    items: await db.binItem.count({ where: { binId } }),
    tags: await db.binTag.count({ where: { binId } }),
    checkouts: await db.checkout.count({ where: { originBinId: binId } }),
    pins: await db.binPin.count({ where: { binId } }),
    scans: await db.binScan.count({ where: { binId } }),
    usage: await db.binUsage.count({ where: { binId } }),
    values: await db.customFieldValue.count({ where: bin }),
  };
}
const everything = { items: 3, tags: 2, checkouts: 2, pins: 1, scans: 1, usage: 1, values: 1 };
const nothing = { items: 0, tags: 0, checkouts: 0, pins: 0, scans: 0, usage: 0, values: 0 };

describe('a location that is deleted', () => {
  it('takes all that is in it along, and nothing else', async () => {
    const [gone, kept] = [await furnished(), await furnished()];
    expect([await hanging(gone.bin), await hanging(kept.bin)]).toEqual([everything, everything]);
    for (const who of [admin, member])
      await send('put', '/auth/active-location', { locationId: gone.id }, who);
    await send('delete', `/locations/${gone.id}`);
    expect([await hanging(gone.bin), await hanging(kept.bin)]).toEqual([nothing, everything]);
    const { db } = home;
    const where = { locationId: gone.id };
    expect([
      await db.membership.count({ where }),
      await db.area.count({ where }),
      await db.bin.count({ where }),
      await db.tagStyle.count({ where }),
      await db.customField.count({ where }),
      await db.activity.count({ where }),
      await db.checkout.count({ where }),
      await db.shoppingEntry.count({ where }),
    ]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    for (const who of [admin, member]) {
      expect((await send('get', '/auth/me', undefined, who)).activeLocationId).toBeNull();
      await home.call('get', `/bins/${gone.bin.id}`, who.key).expect(404);
      await home.call('get', `/bins?location_id=${gone.id}`, who.key).expect(403);
    }
    expect((await rowsOf('/scan-history')).map(({ bin_id: id }) => id)).not.toContain(gone.bin.id);
    expect((await rowsOf(`/bins/pinned?locationId=${kept.id}`)).map(({ id }) => id)).toEqual([kept.bin.id]);
    await home
      .call('post', '/locations/join', home.stranger.key)
      .send({ inviteCode: gone.inviteCode })
      .expect(404);
  });
});

describe('a bin', () => {
  it('that is thrown away disappears from everything, and comes back as it was', async () => {
    const { id, inLocation, bin } = await furnished();
    const of = `location_id=${id}`;
    const reads = async () => {
      const found: Record<string, unknown> = {};
      for (const path of [
        `/bins?${of}`,
        `/bins?${of}&q=chest`,
        `/bins/lookup/${bin.short_code}`,
        `/items?${of}`,
        `/items?${of}&q=saw`,
        `/tags?${of}`,
        `/bins/pinned?${of}`,
        inLocation('/areas'),
        inLocation('/stats'),
        inLocation('/checkouts'),
        `/bins/${bin.id}`,
        `/bins/${bin.id}/checkouts`,
        `/bins/${bin.id}/usage`,
      ]) {
        const { status, body } = await home.call('get', path, admin.key);
        found[path.replace(/\?.*?(&|$)/, '?')] = status === 200 ? body : status;
      }
      return found;
    };
    const before = await reads();
    await home.trash(bin.id);
    const none = { results: [], count: 0 };
    const row = { bin_count: 0, descendant_bin_count: 0 };
    expect(await reads()).toEqual({
      '/bins?': { results: [expect.objectContaining({ name: 'Other' })], count: 1 },
      '/bins?q=chest': none,
      [`/bins/lookup/${bin.short_code}`]: 410,
      '/items?': none,
      '/items?q=saw': none,
      '/tags?': {
        results: [
          { tag: 'metal', count: 0, parent_tag: null },
          { tag: 'steel', count: 0, parent_tag: 'metal' },
        ],
        count: 2,
      },
      '/bins/pinned?': none,
      [inLocation('/areas')]: {
        results: [expect.objectContaining(row), expect.objectContaining(row)],
        count: 2,
        unassigned_count: 1,
      },
      [inLocation('/stats')]: { total_bins: 1, total_items: 0, total_areas: 2, needs_organizing: 1 },
      [inLocation('/checkouts')]: none,
      [`/bins/${bin.id}`]: 410,
      [`/bins/${bin.id}/checkouts`]: 404,
      [`/bins/${bin.id}/usage`]: 404,
    });
    await send('post', `/bins/${bin.id}/restore`);
    expect(await reads()).toEqual(before);
    expect(await hanging(bin)).toEqual(everything);
  });

  it('that is deleted for good takes all of it along but what is to be bought', async () => {
    const { bin, other, inLocation, entry } = await furnished();
    const [, , hoe] = bin.items.map(({ id }) => id);
    await send('post', `/bins/${bin.id}/items/${hoe}/checkout`);
    const { checkout } = await send('post', `/bins/${bin.id}/items/${hoe}/return`, { targetBinId: other.id });
    await home.trash(bin.id);
    await send('delete', `/bins/${bin.id}/permanent`);
    expect(await hanging(bin)).toEqual(nothing);
    expect((await home.items(other.id)).map(({ name }) => name)).toEqual(['Hoe']);
    expect(await home.db.checkout.findUnique({ where: { id: checkout.id } })).toBeNull();
    expect(await rowsOf(inLocation('/shopping-list'))).toEqual([
      {
        ...entry,
        origin_bin_id: null,
        origin_bin_name: null,
        origin_bin_icon: null,
        origin_bin_color: null,
      },
    ]);
  });

  it('to which something was returned may go, and the checkout stays without it', async () => {
    const { bin, other } = await furnished();
    const [, , hoe] = bin.items.map(({ id }) => id);
    await send('post', `/bins/${bin.id}/items/${hoe}/checkout`);
    const { checkout } = await send('post', `/bins/${bin.id}/items/${hoe}/return`, { targetBinId: other.id });
    await send('post', '/items/bulk-move', { ids: [hoe], targetBinId: bin.id });
    await home.trash(other.id);
    await send('delete', `/bins/${other.id}/permanent`);
    expect(await home.db.checkout.findUnique({ where: { id: checkout.id } })).toMatchObject({
      originBinId: bin.id,
      returnBinId: null,
    });
  });
});

describe('what is in a location', () => {
  it('an item that is deleted for good takes its checkouts along, those that have ended too', async () => {
    const { bin, open, closed } = await furnished();
    const [saw, axe] = bin.items.map(({ id }) => id);
    await send('delete', `/bins/${bin.id}/items/${saw}`);
    expect(await home.db.checkout.findUnique({ where: { id: open.id } })).toBeNull();
    expect((await rowsOf(`/bins/${bin.id}/checkouts`)).length).toBe(0);
    await send('delete', `/bins/${bin.id}/items/${axe}`);
    expect(await home.db.checkout.findUnique({ where: { id: closed.id } })).toBeNull();
  });

  it('an area takes those below it along, and its bins are in none', async () => {
    const { bin, area, shelf, inLocation } = await furnished();
    await send('delete', inLocation(`/areas/${area.id}`));
    expect(await rowsOf(inLocation('/areas'))).toEqual([]);
    expect(await send('get', `/bins/${bin.id}`)).toMatchObject({ area_id: null, area_name: '' });
    await home
      .call('put', inLocation(`/areas/${shelf.id}`), admin.key)
      .send({ name: 'x' })
      .expect(404);
  });

  it('a custom field takes its values along, and leaves those of others', async () => {
    const { bin, field, inLocation } = await furnished();
    const other = await send('post', inLocation('/custom-fields'), { name: 'Height' });
    await send('put', `/bins/${bin.id}`, { customFields: { [field.id]: '1', [other.id]: '2' } });
    await send('delete', inLocation(`/custom-fields/${field.id}`));
    expect((await send('get', `/bins/${bin.id}`)).custom_fields).toEqual({ [other.id]: '2' });
    const again = await send('post', inLocation('/custom-fields'), { name: 'Weight' });
    expect(again.id).not.toBe(field.id);
    expect((await send('get', `/bins/${bin.id}`)).custom_fields).toEqual({ [other.id]: '2' });
  });

  it('a tag leaves what was under it without a parent', async () => {
    const { id } = await furnished();
    await send('delete', `/tags/metal?location_id=${id}`);
    expect(await rowsOf(`/tag-colors?location_id=${id}`)).toEqual([
      { tag: 'steel', color: 'black', parent_tag: null },
    ]);
  });
});

describe('a person', () => {
  it('who is deleted takes along what is personal; what is shared stays, by nobody', async () => {
    const who = await home.person({ name: 'Gone' });
    const alone = await home.location(who, 'Alone');
    const lonely = await home.bin({ locationId: alone.id }, who);
    const { id, inLocation, bin, open, entry } = await furnished(who);
    const hidden = await home.bin({ locationId: id, visibility: 'private' }, who);
    await send('post', '/saved-views', { name: 'Mine' }, who);
    await send('put', '/user-preferences', { a: 1 }, who);
    await send('put', '/print-settings', { a: 1 }, who);
    const { session } = who;
    await home.call('delete', '/auth/account', session).send({ password }).expect(200);

    for (const credential of [who.key, session]) await home.call('get', '/auth/me', credential).expect(401);
    const { db } = home;
    const where = { accountId: who.account.id };
    expect([
      await db.membership.count({ where }),
      await db.apiKey.count({ where }),
      await db.session.count({ where }),
      await db.savedView.count({ where }),
      await db.accountSettings.count({ where }),
      await db.binScan.count({ where }),
      await db.binPin.count({ where }),
      await db.location.count({ where: { id: alone.id } }),
      await db.bin.count({ where: { id: lonely.id } }),
    ]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);

    expect(await send('get', `/bins/${bin.id}`)).toEqual({
      ...bin,
      created_by: null,
      created_by_name: '',
      is_pinned: 0,
      updated_at: expect.any(String),
    });
    expect(await hanging(bin)).toEqual({ ...everything, pins: 0, scans: 0 });
    expect(await rowsOf(inLocation('/checkouts'))).toEqual([
      expect.objectContaining({ id: open.id, checked_out_by: null, checked_out_by_name: '' }),
    ]);
    expect(await rowsOf(inLocation('/shopping-list'))).toEqual([
      { ...entry, created_by: null, created_by_name: '' },
    ]);
    expect((await rowsOf(inLocation('/members'))).map(({ user_id: member }) => member)).not.toContain(
      who.account.id,
    );
    for (const { key } of [admin, member, viewer])
      await home.call('get', `/bins/${hidden.id}`, key).expect(404);
  });

  it('who is taken out of a location leaves private bins there that nobody sees until they are back', async () => {
    const who = await home.person({ name: 'Away' });
    const { id, inviteCode } = await furnished(who);
    const hidden = await home.bin({ locationId: id, name: 'Hidden', visibility: 'private' }, who);
    const open = await home.bin({ locationId: id, name: 'Open' }, who);
    await send('delete', `/locations/${id}/members/${who.account.id}`);
    for (const bin of [hidden, open]) await home.call('get', `/bins/${bin.id}`, who.key).expect(404);
    for (const reader of [admin, member, viewer]) {
      await home.call('get', `/bins/${hidden.id}`, reader.key).expect(404);
      const names = (await rowsOf(`/bins?location_id=${id}`, reader)).map(({ name }) => name);
      expect(names).toContain('Open');
      expect(names).not.toContain('Hidden');
    }
    await send('post', '/locations/join', { inviteCode }, who);
    expect(await send('get', `/bins/${hidden.id}`, undefined, who)).toMatchObject({ name: 'Hidden' });
  });
});
