import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Openbin, type Person, startOpenbin } from './support.ts';

let app: Openbin;
let admin: Person;
let member: Person;
let locationId: string;
beforeAll(async () => {
  app = await startOpenbin();
  admin = await app.person();
  member = await app.person();
  ({ id: locationId } = await app.location(admin));
  await app.belong(member, locationId, 'MEMBER');
});
afterAll(() => app.stop());

const ok = async (method: 'post' | 'put', path: string, body: object, as = admin) => {
  const response = await app.call(method, path, as.key).send(body);
  expect(response.status, JSON.stringify(response.body)).toBeLessThan(300);
  return response.body;
};
const make = (name: string, input: object = {}, as = admin) =>
  ok('post', '/bins', { locationId, name, ...input }, as);
const area = (name: string, parent_id?: string) =>
  ok('post', `/locations/${locationId}/areas`, { name, parent_id });

async function list(query: Record<string, string> = {}, as = member) {
  const search = new URLSearchParams({ location_id: locationId, ...query });
  const { body } = await app.call('get', `/bins?${search}`, as.key).expect(200);
  return body as { results: Record<string, unknown>[]; count: number };
}
const names = async (query: Record<string, string> = {}, as = member) =>
  (await list({ sort: 'name', sort_dir: 'asc', ...query }, as)).results.map(({ name }) => name);

describe('GET /bins (10.5)', () => {
  let hall: { id: string };
  let cellar: { id: string };
  let shelf: { id: string };
  beforeAll(async () => {
    [hall, cellar] = [await area('hall'), await area('Cellar')];
    shelf = await area('Shelf', cellar.id);
    await ok('post', `/locations/${locationId}/custom-fields`, { name: 'Brand' });
    const field = await app.db.customField.findFirstOrThrow({ where: { locationId } });
    await app.db.tagStyle.create({ data: { locationId, tag: 'Rock', parentTag: 'music' } });
    await make('alpha', { items: ['Screwdriver'], tags: ['tool'], color: '#aabbcc', areaId: hall.id });
    await make('Bravo', { notes: 'winter clothes', tags: ['tool', 'Rock'], areaId: shelf.id });
    await make('charlie', { color: 'black', customFields: { [field.id]: 'Acme-Corp' }, areaId: cellar.id });
    await make('Delta');
    await make('echo', { visibility: 'private' }, admin);
    const { id } = await make('Foxtrot', { tags: ['music'] });
    const gone = await make('gone');
    await app.db.bin.update({ where: { id: gone.id }, data: { deletedAt: new Date() } });
    await app.db.binUsage.create({ data: { binId: id, day: '2020-01-10', count: 1 } });
  });

  it('shows live bins that the caller may see, as they are read one by one', async () => {
    expect(await names()).toEqual(['alpha', 'Bravo', 'charlie', 'Delta', 'Foxtrot']);
    expect(await names({}, admin)).toContain('echo');
    for (const row of (await list()).results) {
      expect((await app.call('get', `/bins/${row.id}`, member.key)).body).toEqual(row);
    }
  });

  it.each([
    [{ tag: 'tool' }, ['alpha', 'Bravo']],
    [{ tag: 'music' }, ['Bravo', 'Foxtrot']],
    [{ tag: 'nothing', tags: 'tool,music' }, ['alpha', 'Bravo', 'Foxtrot']],
    [{ tags: 'tool,music', tag_mode: 'all' }, ['Bravo']],
    [{ colors: '#aabbcc,black' }, ['alpha', 'charlie']],
    [{ has_items: 'true' }, ['alpha']],
    [{ has_items: '1' }, ['alpha', 'Bravo', 'charlie', 'Delta', 'Foxtrot']],
    [{ has_notes: 'true' }, ['Bravo']],
    [{ needs_organizing: 'true' }, ['Delta']],
    [{ area_id: '__unassigned__' }, ['Delta', 'Foxtrot']],
    [{ area_id: 'unknown' }, []],
    [{ unused_since: '2020-01-11', tag: 'music' }, ['Bravo', 'Foxtrot']],
    [{ unused_since: '2020-01-10', tag: 'music' }, ['Bravo']],
    [{ q: 'SCREW' }, ['alpha']],
    [{ q: 'screwdrivr' }, ['alpha']],
    [{ q: 'intercl' }, []],
    [{ q: 'winter cl' }, ['Bravo']],
    [{ q: 'acmecorp' }, []],
    [{ q: 'corp' }, ['charlie']],
    [{ q: 'cellar' }, ['charlie']],
    [{ q: 'de' }, ['Delta']],
    [{ q: 'el' }, []],
    [{ q: ' ' }, ['alpha', 'Bravo', 'charlie', 'Delta', 'Foxtrot']],
    [{ q: 'echo' }, []],
  ])('filters by %j', async (query, expected) => {
    expect(await names(query as Record<string, string>)).toEqual(expected);
    expect((await list({ ...(query as Record<string, string>), limit: '1' })).count).toBe(expected.length);
  });

  it('takes the areas below an area with it, and several areas with those without', async () => {
    expect(await names({ area_id: cellar.id })).toEqual(['Bravo', 'charlie']);
    expect(await names({ area_id: hall.id, areas: `${shelf.id},__unassigned__` })).toEqual([
      'Bravo',
      'Delta',
      'Foxtrot',
    ]);
  });

  it('finds a bin by its short code', async () => {
    const [row] = (await list({ q: 'Delta' })).results;
    expect(await names({ q: String(row?.short_code) })).toContain('Delta');
  });

  it.each([
    [{ sort: 'name' }, ['Foxtrot', 'Delta', 'charlie', 'Bravo', 'alpha']],
    [{ sort: 'created_at', sort_dir: 'asc' }, ['alpha', 'Bravo', 'charlie', 'Delta', 'Foxtrot']],
    [{ sort: 'created_at', sort_dir: 'odd' }, ['Foxtrot', 'Delta', 'charlie', 'Bravo', 'alpha']],
    [{ sort: 'odd' }, ['Foxtrot', 'Delta', 'charlie', 'Bravo', 'alpha']],
    [{ sort: 'area', sort_dir: 'asc' }, ['charlie', 'alpha', 'Bravo', 'Delta', 'Foxtrot']],
    [{ sort: 'area' }, ['Bravo', 'alpha', 'charlie', 'Delta', 'Foxtrot']],
    [{ sort: 'last_used' }, ['Foxtrot', 'alpha', 'Bravo', 'charlie', 'Delta']],
  ])('sorts by %j', async (query, expected) => {
    const { results } = await list(query as Record<string, string>);
    expect(results.map(({ name }) => name)).toEqual(expected);
  });

  it('pages, and counts all of them when there is a limit', async () => {
    const all = await names();
    const page = await list({ sort: 'name', sort_dir: 'asc', limit: '2', offset: '1' });
    expect(page.results.map(({ name }) => name)).toEqual(all.slice(1, 3));
    expect(page.count).toBe(5);
    expect((await list({ limit: '1000' })).results).toHaveLength(5);
    expect((await list({ limit: 'x', offset: '-3' })).results).toHaveLength(5);
    expect(await list({ offset: '100', limit: '2' })).toEqual({ results: [], count: 5 });
    expect((await list({ offset: '4' })).count).toBe(1);
  });

  it('wants a location that the caller belongs to', async () => {
    const stranger = await app.person();
    await app.call('get', '/bins', admin.key).expect(422);
    for (const q of ['', '&q=alpha']) {
      await app.call('get', `/bins?location_id=${locationId}${q}`, stranger.key).expect(403);
      await app.call('get', `/bins?location_id=unknown${q}`, admin.key).expect(403);
    }
  });

  it.each(['yesterday', '2020-13-01', '2020-1-1'])('refuses the day %s', async (day) => {
    const { status, body } = await app.call(
      'get',
      `/bins?location_id=${locationId}&unused_since=${day}`,
      admin.key,
    );
    expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
    expect(body.message).toContain('unused_since');
  });

  it('bounds how many values a filter takes', async () => {
    for (const name of ['tags', 'areas', 'colors']) {
      const values = Array.from({ length: 201 }, (_, at) => `v${at}`).join(',');
      const { status, body } = await app.call(
        'get',
        `/bins?location_id=${locationId}&${name}=${values}`,
        admin.key,
      );
      expect([status, body.message.includes(name)]).toEqual([422, true]);
      const most = values.split(',').slice(1).join(',');
      await app
        .call('get', `/bins?location_id=${locationId}&tag_mode=all&${name}=${most}`, admin.key)
        .expect(200);
    }
  });
});

describe('search finds what is there now', () => {
  it('after bins, areas and fields change', async () => {
    const { id: home } = await app.location(admin);
    const find = async (q: string) => {
      const { body } = await app.call('get', `/bins?location_id=${home}&q=${q}`, admin.key).expect(200);
      return body.results.length;
    };
    const { id: areaId } = await ok('post', `/locations/${home}/areas`, { name: 'Garret' });
    const { id: fieldId } = await ok('post', `/locations/${home}/custom-fields`, { name: 'Field' });
    expect(await find('walnut')).toBe(0);
    const { id } = await ok('post', '/bins', { locationId: home, name: 'walnut' });
    expect(await find('walnut')).toBe(1);
    await ok('put', `/bins/${id}`, { name: 'hazel', areaId, customFields: { [fieldId]: 'zebra' } });
    expect([await find('walnut'), await find('hazel'), await find('garret'), await find('zebra')]).toEqual([
      0, 1, 1, 1,
    ]);
    await ok('put', `/locations/${home}/areas/${areaId}`, { name: 'Pantry' });
    expect([await find('garret'), await find('pantry')]).toEqual([0, 1]);
    await app.call('delete', `/locations/${home}/custom-fields/${fieldId}`, admin.key).expect(204);
    expect(await find('zebra')).toBe(0);
    await app.call('delete', `/locations/${home}/areas/${areaId}`, admin.key).expect(200);
    expect(await find('pantry')).toBe(0);
  });
});
