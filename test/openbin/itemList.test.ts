import { beforeAll, describe, expect, it } from 'vitest';
import { useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();
beforeAll(async () => {
  await home.bin({
    name: 'Workshop',
    icon: 'Wrench',
    color: '210:2',
    items: [{ name: 'Saw', quantity: 2 }, 'drill', { name: 'Élan', quantity: 30 }],
  });
  await home.bin({ name: 'attic', items: [{ name: 'Skis', quantity: 2 }, 'Apron'] });
  await home.bin({ name: 'Diary box', visibility: 'private', items: ['Drill of mine'] }, home.member);
  const thrown = await home.bin({ name: 'Thrown', items: ['Drill in the trash'] });
  await home.trash(thrown.id);
  const { id } = (await home.bin({ name: 'Half', items: ['Drill deleted'] })).items[0] as { id: string };
  await home
    .call('post', '/items/bulk-delete', home.admin.key)
    .send({ ids: [id] })
    .expect(200);
});

const list = (query: string, as: Person = home.viewer) =>
  home.call('get', `/items?location_id=${home.locationId}${query}`, as.key);
const names = async (query: string, as?: Person) =>
  (await list(query, as).expect(200)).body.results.map(({ name }: { name: string }) => name);

describe('GET /items (25.1)', () => {
  it('lists the live items of visible live bins with their bins, by name', async () => {
    const { body } = await list('').expect(200);
    expect(body.results.map(({ name }: { name: string }) => name).slice(0, 4)).toEqual([
      'Apron',
      'drill',
      'Saw',
      'Skis',
    ]);
    expect(body.count).toBe(5);
    expect(body.results[2]).toEqual({
      id: expect.any(String),
      name: 'Saw',
      quantity: 2,
      bin_id: expect.any(String),
      bin_name: 'Workshop',
      bin_icon: 'Wrench',
      bin_color: '210:2',
    });
    expect(await names('', home.member)).toContain('Drill of mine');
  });

  it.each(['', '&q=s'])('sorts by name, bin or quantity, both ways, also while searching: %j', async (q) => {
    const all = await names(q);
    expect(await names(`${q}&sort_dir=desc`)).toEqual([...all].reverse());
    expect(await names(`${q}&sort=odd&sort_dir=odd`)).toEqual(all);
    const shown = (items: string[]) => items.filter((name) => all.includes(name));
    expect(await names(`${q}&sort=bin`)).toEqual(
      shown(['Apron', 'Skis', ...shown(all).filter((name) => !['Apron', 'Skis'].includes(name))]),
    );
    expect(await names(`${q}&sort=qty`)).toEqual(shown(['Saw', 'Skis', 'Élan', 'Apron', 'drill']));
    expect(await names(`${q}&sort=qty&sort_dir=desc`)).toEqual(
      shown(['Élan', 'Saw', 'Skis', 'Apron', 'drill']),
    );
  });

  it('pages, with the total where a limit is given', async () => {
    const all = await names('');
    for (const q of ['', '&q=%20']) {
      const { body } = await list(`${q}&limit=2&offset=1`);
      expect([body.results.map(({ name }: { name: string }) => name), body.count]).toEqual([
        all.slice(1, 3),
        5,
      ]);
    }
    expect((await list('&limit=0&offset=-1')).body.results).toHaveLength(1);
    expect((await list('&limit=1000&offset=9')).body).toEqual({ results: [], count: 5 });
    const { body } = await list('&q=attic&limit=1&offset=1');
    expect([body.results.map(({ name }: { name: string }) => name), body.count]).toEqual([['Skis'], 2]);
  });

  it('shows 40 unless told otherwise, 100 at most and at least one', async () => {
    const { id } = await home.location(home.admin, 'Many');
    const items = Array.from({ length: 103 }, (_, at) => `Item ${at}`);
    await home.bin({ locationId: id, items });
    for (const [query, rows, count] of [
      ['', 40, 40],
      ['&limit=x', 40, 103],
      ['&limit=100', 100, 103],
      ['&limit=101', 100, 103],
      ['&limit=0', 1, 103],
      ['&limit=100&offset=100', 3, 103],
    ] as const) {
      for (const q of ['', '&q=item']) {
        const { body } = await home.call('get', `/items?location_id=${id}${query}${q}`, home.admin.key);
        expect([query, body.results.length, body.count]).toEqual([query, rows, count]);
      }
    }
  });

  it('searches names of items and of bins, forgiving a slip, and shows nobody what is private', async () => {
    expect(await names('&q=DRILL')).toEqual(['drill']);
    expect(await names('&q=drlil')).toEqual(['drill']);
    expect(await names('&q=attic')).toEqual(['Apron', 'Skis']);
    expect(await names('&q=kis')).toEqual(['Skis']);
    expect(await names('&q=ap')).toEqual(['Apron']);
    expect(await names('&q=%00%25_')).toEqual([]);
    expect(await names('&q=drill', home.member)).toEqual(['drill', 'Drill of mine']);
    expect(await names('&q=diary', home.member)).toEqual(['Drill of mine']);
    expect(await names('&q=diary', home.admin)).toEqual([]);
  });

  it('finds at once what has changed', async () => {
    const bin = await home.bin({ name: 'Fresh', items: ['Kaleidoscope'] });
    const found = () => names('&q=kaleidoscope');
    const change = (method: 'put' | 'post', path: string, body: object, as = home.admin) =>
      home.call(method, path, as.key).send(body).expect(200);
    const ids = bin.items.map(({ id }) => id);
    expect(await found()).toEqual(['Kaleidoscope']);
    await change('post', '/items/bulk-delete', { ids });
    expect(await found()).toEqual([]);
    await change('post', '/items/bulk-restore', { ids });
    expect(await found()).toEqual(['Kaleidoscope']);
    await change('put', `/bins/${bin.id}`, { visibility: 'private' });
    expect([await found(), await names('&q=kaleidoscope', home.admin)]).toEqual([[], ['Kaleidoscope']]);
    await change('post', '/items/bulk-move', { ids, targetBinId: (await home.bin()).id });
    expect(await found()).toEqual(['Kaleidoscope']);
    await change('put', `/bins/${bin.id}`, {
      visibility: 'location',
      name: 'Kaleidoscopes',
      items: ['Mirror'],
    });
    expect(await found()).toEqual(['Kaleidoscope', 'Mirror']);
  });

  it('takes at most 500 characters to search for, over GraphQL as well', async () => {
    for (const q of ['é'.repeat(500), `  ${'d'.repeat(500)} `])
      await list(`&q=${encodeURIComponent(q)}`).expect(200);
    const { body } = await list(`&q=${'d'.repeat(501)}`).expect(422);
    expect(body).toEqual({ error: 'VALIDATION_ERROR', message: 'q must have at most 500 characters' });
    const { errors } = await home.graphql(
      'query ($at: ID!, $words: String) { items(locationId: $at, query: $words) { totalCount } }',
      { at: home.locationId, words: 'd'.repeat(10_000) },
      home.viewer.key,
    );
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('wants a location, and a member of it', async () => {
    const { stranger, viewer } = home;
    for (const query of [
      '',
      '?location_id=',
      '?location_id=a&location_id=b',
      `?locationId=${home.locationId}`,
    ]) {
      const { body } = await home.call('get', `/items${query}`, viewer.key).expect(422);
      expect(body.message).toContain('location_id');
    }
    for (const q of ['', '&q=drill']) await list(q, stranger).expect(403);
    await home.call('get', '/items?location_id=unknown', viewer.key).expect(403);
  });

  it('takes one statement, and a search two once its index is there', async () => {
    expect(await home.statements(() => list('&sort=qty').expect(200))).toHaveLength(1);
    await list('&q=drill');
    expect(await home.statements(() => list('&q=saw&sort=bin').expect(200))).toHaveLength(2);
  });
});
