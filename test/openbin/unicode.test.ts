import { describe, expect, it } from 'vitest';
import { useHousehold } from './household.ts';

const home = useHousehold();
const composed = 'Caf\u00e9';
const decomposed = 'Cafe\u0301';

const post = (path: string, body: object) =>
  home.call('post', path.replace(':id', home.locationId), home.admin.key).send(body);
const batch = async (operation: object) => {
  const { body } = await post('/batch', { locationId: home.locationId, operations: [operation] }).expect(200);
  return body.results[0] as { success: boolean; bin_id?: string };
};
const found = async (q: string) => {
  const path = `/bins?location_id=${home.locationId}&q=${encodeURIComponent(q)}`;
  const { body } = await home.call('get', path, home.admin.key).expect(200);
  return body.results.map(({ id }: { id: string }) => id);
};
const areas = async () => {
  const { body } = await home.call('get', `/locations/${home.locationId}/areas`, home.admin.key).expect(200);
  return body.results as { id: string; name: string }[];
};

describe('composed and decomposed texts', () => {
  it.each([
    ['decomposed', decomposed, composed],
    ['composed', composed, decomposed],
  ])('a bin that was named %s is found by the other form', async (_how, name, q) => {
    const { id } = await home.bin({ name: `${name} ${_how}` });
    expect(await found(`${q} ${_how}`)).toContain(id);
    expect((await home.call('get', `/bins/${id}`, home.admin.key)).body.name).toBe(`${composed} ${_how}`);
  });

  it('a tag, an item and a note are found by the other form, as are bins by their tags', async () => {
    const { id } = await home.bin({ tags: [`te\u0301`], items: [`pa\u0302te\u0301`], notes: 'Gru\u0308n' });
    for (const q of ['té', 'pâté', 'Grün', 'GRÜN']) expect(await found(q)).toContain(id);
    for (const mode of ['any', 'all']) {
      const path = `/bins?location_id=${home.locationId}&tag_mode=${mode}&tags=`;
      for (const tag of ['té', 'te\u0301']) {
        const { body } = await home.call('get', path + encodeURIComponent(tag), home.admin.key).expect(200);
        expect(body.results.map((bin: { id: string }) => bin.id)).toContain(id);
      }
    }
  });

  it('a batch finds the area and the item that are named in the other form', async () => {
    const made = await batch({ type: 'create_bin', name: 'One', area_name: `${decomposed} room` });
    const again = await batch({ type: 'create_bin', name: 'Two', area_name: `${composed} ROOM` });
    const [one, two] = await Promise.all(
      [made, again].map(({ bin_id }) => home.call('get', `/bins/${bin_id}`, home.admin.key)),
    );
    expect(one?.body.area_id).toBe(two?.body.area_id);
    expect((await areas()).filter(({ name }) => name.includes('room'))).toHaveLength(1);
    const { id } = await home.bin({ items: [`${composed} beans`] });
    const counted = { type: 'set_item_quantity', bin_id: id, item_name: `${decomposed} Beans`, quantity: 3 };
    expect((await batch(counted)).success).toBe(true);
    expect((await home.items(id))[0]?.quantity).toBe(3);
  });
});

describe('names without a visible character', () => {
  it.each(['\u200b', '\u2060', '\u0001', '\u3164', ' \u200d\ufe0f '])('%j are refused', async (name) => {
    const bodies: [string, object][] = [
      ['/locations', { name }],
      ['/locations/:id/areas', { name }],
      ['/locations/:id/custom-fields', { name }],
      ['/bins', { locationId: home.locationId, name }],
    ];
    for (const [path, body] of bodies) {
      const { status, body: answer } = await post(path, body);
      expect([path, status, answer.error]).toEqual([path, 422, 'VALIDATION_ERROR']);
    }
    const { id } = await home.bin();
    await home.call('put', `/bins/${id}`, home.admin.key).send({ name }).expect(422);
  });

  it('are not those with joiners inside a word or an emoji, which stay', async () => {
    const name = '\u200bمی\u200cخواهم 👨\u200d👩\u200d👧 ❤\ufe0f\u2060';
    const { name: kept, items } = await home.bin({ name, items: ['👨\u200d👩\u200d👧'], tags: ['❤\ufe0f'] });
    expect(kept).toBe('می\u200cخواهم 👨\u200d👩\u200d👧 ❤\ufe0f');
    expect(items[0]?.name).toBe('👨\u200d👩\u200d👧');
  });
});

describe('names that differ in nothing that can be seen', () => {
  const same = ['Garage\u200b', 'Ga\u200brage', 'Ga\u00adra\u200dge', ' Garage\u0001'];

  it('are taken where they are unique', async () => {
    for (const path of ['/locations/:id/areas', '/locations/:id/custom-fields']) {
      await post(path, { name: 'Garage' }).expect(201);
      for (const name of same) expect([name, (await post(path, { name })).status]).toEqual([name, 409]);
      const other = (await post(path, { name: 'Attic' }).expect(201)).body.id;
      for (const name of same) {
        const change = home.call('put', `${path.replace(':id', home.locationId)}/${other}`, home.admin.key);
        expect([name, (await change.send({ name })).status]).toEqual([name, 409]);
      }
    }
    await post('/locations/:id/areas', { name: `${composed} corner` }).expect(201);
    await post('/locations/:id/areas', { name: `${decomposed} corner` }).expect(409);
    expect((await batch({ type: 'create_bin', name: 'B', area_name: 'gar\u200bage' })).success).toBe(true);
    expect((await areas()).filter(({ name }) => /rage/i.test(name))).toHaveLength(1);
  });

  it('lose a race for the same name to exactly one', async () => {
    const variants = ['Shed', 'Shed\u200b', 'S\u200bhed', 'Sh\u2060ed', 'She\u00add'];
    const answers = await Promise.all(variants.map((name) => post('/locations/:id/areas', { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('are no matter for bins, and an area may be renamed to another form of its own name', async () => {
    await home.bin({ name: 'Box' });
    await home.bin({ name: 'B\u200box' });
    const { body } = await post('/locations/:id/areas', { name: 'Cellar' }).expect(201);
    const path = `/locations/${home.locationId}/areas/${body.id}`;
    await home.call('put', path, home.admin.key).send({ name: 'Cel\u200blar' }).expect(200);
  });
});

describe('rows of an older version, which are not normalised yet', () => {
  it('are found by both forms, and their names are taken', async () => {
    const { id } = await home.bin({ name: 'Old' });
    await home.db.bin.update({
      where: { id },
      data: { name: 'Ro\u0302le\u200b', nameKey: 'ro\u0302le\u200b' },
    });
    const item = (await home.bin({ items: ['Lamp'] })).items[0];
    const where = { id: item?.id ?? '' };
    const { binId } = await home.db.binItem.update({
      where,
      data: { name: 'Bie\u0300re', nameKey: 'bie\u0300re' },
    });
    for (const q of ['rôle', 'Ro\u0302le']) expect(await found(q)).toContain(id);
    const counted = { type: 'set_item_quantity', bin_id: binId, item_name: 'bière', quantity: 2 };
    expect((await batch(counted)).success).toBe(true);
    const area = (await post('/locations/:id/areas', { name: 'Old area' }).expect(201)).body.id;
    await home.db.area.update({ where: { id: area }, data: { name: 'Gre\u0301nier\u200b' } });
    await post('/locations/:id/areas', { name: 'Grénier' }).expect(409);
    const { bin_id } = await batch({ type: 'create_bin', name: 'C', area_name: 'grénier' });
    const { body } = await home.call('get', `/bins/${bin_id}`, home.admin.key);
    expect(body.area_id).toBe(area);
  });
});
