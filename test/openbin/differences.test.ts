import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { useHousehold } from './household.ts';

// OpenBin 24.2: where the contract file says something else than the server does, as far as no other
// file of tests is about the route.
const home = useHousehold();

describe('what the contract file says otherwise', () => {
  it('a key is a bearer, never a `token` in the query', async () => {
    const { key } = home.admin;
    for (const query of [`token=${key}`, `access_token=${key}`, `apiKey=${key}`]) {
      const { status, body } = await home.call('get', `/locations?${query}`);
      expect([status, body.error]).toEqual([401, 'UNAUTHORIZED']);
    }
    const inHeader = await home.call('get', '/locations').set('X-API-Key', key);
    expect(inHeader.status).toBe(401);
  });

  it('a page of bins has up to 200 of them, and has 200 unless asked', async () => {
    const { id: locationId } = await home.location(home.admin, 'Full');
    await home.db.bin.createMany({
      data: Array.from({ length: 205 }, (_, at) => ({
        id: newId(),
        locationId,
        name: `Bin ${at}`,
        nameKey: `bin ${at}`,
        shortCode: `A${String(at).padStart(5, '0')}`,
      })),
    });
    const page = async (query: string) => {
      const { body } = await home
        .call('get', `/bins?location_id=${locationId}${query}`, home.admin.key)
        .expect(200);
      return [body.results.length, body.count];
    };
    expect(await page('')).toEqual([200, 200]);
    expect(await page('&limit=150')).toEqual([150, 205]);
    expect(await page('&limit=200')).toEqual([200, 205]);
    expect(await page('&limit=1000')).toEqual([200, 205]);
    expect(await page('&limit=200&offset=200')).toEqual([5, 205]);
    expect(await page('&limit=0')).toEqual([1, 205]);
  });

  it('a custom field has a name and a position, is ordered by either key, and leaves without a word', async () => {
    const path = `/locations/${home.locationId}/custom-fields`;
    const { key } = home.admin;
    const fields: { id: string }[] = [];
    for (const name of [' Weight ', 'Height'])
      fields.push((await home.call('post', path, key).send({ name }).expect(201)).body);
    const [weight, height] = fields;
    expect(weight).toEqual({
      id: expect.any(String),
      location_id: home.locationId,
      name: 'Weight',
      position: 0,
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
    });
    const changed = await home.call('put', `${path}/${weight?.id}`, key).send({ position: 7 }).expect(200);
    expect(changed.body).toEqual({ ...weight, position: 7, updated_at: expect.any(String) });
    const order = async () =>
      (await home.call('get', path, home.viewer.key).expect(200)).body.results.map(
        ({ id }: { id: string }) => id,
      );
    expect(await order()).toEqual([height?.id, weight?.id]);
    for (const [name, ids] of [
      ['field_ids', [weight?.id, height?.id]],
      ['fieldIds', [height?.id, weight?.id]],
    ] as const) {
      const { body } = await home
        .call('put', `${path}/reorder`, key)
        .send({ [name]: ids })
        .expect(200);
      expect(body).toEqual({ success: true });
      expect(await order()).toEqual(ids);
    }
    const { text } = await home.call('delete', `${path}/${weight?.id}`, key).expect(204);
    expect(text).toBe('');
  });

  it('BULK_MAX_SELECTION is 200 unless set: so many tags at once, and no more', async () => {
    const { locationId } = home;
    const names = Array.from({ length: 201 }, (_, at) => `tag-${at}`);
    const remove = (tags: string[]) =>
      home.call('post', '/tags/bulk-delete', home.admin.key).send({ locationId, tags });
    const { body } = await remove(names.slice(1)).expect(200);
    expect(body).toEqual({ tagsDeleted: 200, binsUpdated: 0, orphanedChildren: 0 });
    const { body: refused } = await remove(names).expect(422);
    expect(refused).toEqual({
      error: 'SELECTION_TOO_LARGE',
      message: expect.any(String),
      max: 200,
      requested: 201,
    });
  });
});
