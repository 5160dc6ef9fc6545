import { beforeAll, describe, expect, it } from 'vitest';
import { useHousehold } from './household.ts';

// OpenBin 10.2, each rule at its limit, by making a bin and by changing one.
const home = useHousehold();
let areaId: string;
let fieldId: string;
/** An area and a field of another location. */
let foreign: { areaId: string; fieldId: string };
beforeAll(async () => {
  const made = async (locationId: string) => {
    const add = async (what: string, name: string): Promise<string> =>
      (await home.call('post', `/locations/${locationId}/${what}`, home.admin.key).send({ name })).body.id;
    return { areaId: await add('areas', 'Attic'), fieldId: await add('custom-fields', 'Weight') };
  };
  ({ areaId, fieldId } = await made(home.locationId));
  foreign = await made((await home.location(home.admin, 'Elsewhere')).id);
});

const make = (input: object) =>
  home.call('post', '/bins', home.admin.key).send({ locationId: home.locationId, name: 'Box', ...input });
const change = (id: string, input?: object) => home.call('put', `/bins/${id}`, home.admin.key).send(input);
const get = async (id: string) =>
  (await home.call('get', `/bins/${id}`, home.admin.key).expect(200)).body as Record<string, unknown>;
const texts = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`);
const namesOf = (items: unknown) => (items as { name: string }[]).map(({ name }) => name);
const jsonOf = (length: number) =>
  JSON.stringify({ variant: 'photo', x: '' }).replace('""', `"${'x'.repeat(length - 26)}"`);

describe('what a bin takes (10.2)', () => {
  it.each<[string, () => object, unknown]>([
    ['255 characters as a name', () => ({ name: '😀'.repeat(255) }), { name: '😀'.repeat(255) }],
    ['10,000 as notes', () => ({ notes: 'x'.repeat(10_000) }), { notes: 'x'.repeat(10_000) }],
    ['notes as they are', () => ({ notes: ' a\n\tb ' }), { notes: ' a\n\tb ' }],
    ['100 as an icon', () => ({ icon: 'x'.repeat(100) }), { icon: 'x'.repeat(100) }],
    ['50 tags', () => ({ tags: texts(50) }), { tags: texts(50) }],
    ['tags in their case', () => ({ tags: ['b', 'B', 'a'] }), { tags: ['b', 'B', 'a'] }],
    [
      '100 characters in a tag',
      () => ({ tags: [` ${'x'.repeat(100)}\u200b `] }),
      { tags: ['x'.repeat(100)] },
    ],
    ['no blank tags', () => ({ tags: ['', ' ', '\u0007', 'a'] }), { tags: ['a'] }],
    ['a style of 500 characters', () => ({ cardStyle: jsonOf(500) }), { card_style: jsonOf(500) }],
    ['a style with no variant', () => ({ cardStyle: '{"a":[1]}' }), { card_style: '{"a":[1]}' }],
    ['no style', () => ({ cardStyle: '' }), { card_style: '' }],
    ['an area', () => ({ areaId }), { area_name: 'Attic' }],
    ['no area', () => ({ areaId: null }), { area_id: null, area_name: '' }],
    ['an empty area', () => ({ areaId: '' }), { area_id: null, area_name: '' }],
    ['being private', () => ({ visibility: 'private' }), { visibility: 'private' }],
    ['being seen', () => ({ visibility: 'location' }), { visibility: 'location' }],
    ['no list as no items', () => ({ items: { name: 'a' } }), { items: [] }],
    ['no custom fields', () => ({ customFields: {} }), { custom_fields: {} }],
    [
      'empty values of whatever field',
      () => ({ customFields: { [fieldId]: '', x: '' } }),
      { custom_fields: {} },
    ],
  ])('takes %s', async (_what, input, expected) => {
    const { body: made } = await make(input()).expect(201);
    expect(made).toMatchObject(expected as object);
    const { id } = await home.bin({
      areaId,
      tags: ['old'],
      cardStyle: '{}',
      customFields: { [fieldId]: 'old' },
    });
    const { body } = await change(id, input()).expect(200);
    expect(body).toMatchObject(expected as object);
    expect(await get(id)).toEqual(body);
  });

  it('takes the longest values of custom fields', async () => {
    const customFields = { [fieldId]: '😀'.repeat(2000) };
    const { body } = await make({ customFields }).expect(201);
    expect(body.custom_fields).toEqual(customFields);
  });

  it('takes every look that a card may have', async () => {
    for (const variant of ['default', 'border', 'gradient', 'stripe', 'photo']) {
      const cardStyle = JSON.stringify({ variant });
      expect((await make({ cardStyle }).expect(201)).body.card_style).toBe(cardStyle);
    }
  });

  it('takes 500 items of 500 characters, tidied, and no nameless ones', async () => {
    const items = [
      ...Array.from({ length: 498 }, (_, at) => ` ${at} `),
      ` ${'x'.repeat(500)}\u0007\u2069`,
      { name: '\u200b\u2066\u061c' },
    ];
    const expected = [...Array.from({ length: 498 }, (_, at) => `${at}`), 'x'.repeat(500)];
    const { body: made } = await make({ items }).expect(201);
    expect(namesOf(made.items)).toEqual(expected);
    const { id } = await home.bin();
    expect(namesOf((await change(id, { items }).expect(200)).body.items)).toEqual(expected);
    const { body } = await change(id, { items: 'none', notes: 'n' }).expect(200);
    expect([body.items.length, body.notes]).toEqual([499, 'n']);
    const quantities = [1, 2.9, 0, -4, 1e300, null, '7', true, [1]].map((quantity) => ({
      name: 'n',
      quantity,
    }));
    const counted = (await change(id, { items: quantities }).expect(200)).body.items;
    expect(counted.map(({ quantity }: { quantity: unknown }) => quantity)).toEqual([
      1,
      2,
      1,
      1,
      2 ** 31 - 1,
      null,
      null,
      null,
      null,
    ]);
  });

  it.each<[string, () => unknown]>([
    ['name', () => null],
    ['name', () => '\t\n'],
    ['items', () => [['a']]],
    ['tags', () => 'a'],
    ['tags', () => null],
    ['tags', () => [5]],
    ['tags', () => [null]],
    ['notes', () => 5],
    ['notes', () => null],
    ['icon', () => 5],
    ['icon', () => null],
    ['icon', () => `${'x'.repeat(100)} `],
    ['icon', () => ' '.repeat(101)],
    ...[
      null,
      5,
      'BLACK',
      'Neutral:1',
      ' black',
      'white\n',
      '#1234567',
      '#12345g',
      'a0b1c2',
      '10:5',
      '10:',
      ':1',
    ].map((color): [string, () => unknown] => ['color', () => color]),
    ...['neutral:5', 'neutral', '-1:2', '1.5:2', 'neutral:1 ', '1:22'].map(
      (color): [string, () => unknown] => ['color', () => color],
    ),
    ...[
      '{',
      '"a"',
      'null',
      '5',
      '{"variant":null}',
      '{"variant":"Stripe"}',
      '{"variant":["photo"]}',
      ' ',
    ].map((style): [string, () => unknown] => ['cardStyle', () => style]),
    ['cardStyle', () => jsonOf(501)],
    ['cardStyle', () => ({ variant: 'photo' })],
    ['cardStyle', () => null],
    ['visibility', () => null],
    ['visibility', () => 'Private'],
    ['visibility', () => ''],
    ['areaId', () => 5],
    ['areaId', () => foreign.areaId],
    ['customFields', () => null],
    ['customFields', () => 'a'],
    ['customFields', () => [['a', 'b']]],
    ['customFields', () => ({ [fieldId]: null })],
    ['customFields', () => ({ [fieldId]: 'x'.repeat(2001) })],
    ['customFields', () => ({ [foreign.fieldId]: 'x' })],
    ['customFields', () => ({ ['x'.repeat(101)]: '' })],
    ['customFields', () => Object.fromEntries(texts(51).map((key) => [key, '']))],
  ])('refuses as %s what does not fit (case %#)', async (field, value) => {
    const bin = await home.bin({ notes: 'kept' });
    const before = await get(bin.id);
    for (const { status, body } of [
      await make({ [field]: value() }),
      await change(bin.id, { notes: 'lost', [field]: value() }),
    ]) {
      expect([status, body.error], String(value())).toEqual([422, 'VALIDATION_ERROR']);
      expect(body.message).toContain(field);
    }
    expect(await get(bin.id)).toEqual(before);
  });
});

describe('what is sent alone changes (10.7)', () => {
  it('keeps a name as it is sent, where making a bin trims it', async () => {
    const { body: made } = await make({ name: '  Two  words ' }).expect(201);
    expect(made.name).toBe('Two  words');
    expect((await change(made.id, { name: '  Two  words ' }).expect(200)).body.name).toBe('  Two  words ');
    // As much space as a body holds must not get into an index.
    const name = `x${' '.repeat(900_000)}`;
    expect((await change(made.id, { name }).expect(200)).body.name).toBe(name);
    await change(made.id, { name: ` ${'x'.repeat(255)} ` }).expect(200);
  });

  it('replaces all tags and all values of custom fields, and takes an area away', async () => {
    const second = await home
      .call('post', `/locations/${home.locationId}/custom-fields`, home.admin.key)
      .send({ name: 'Brand' });
    const customFields = { [fieldId]: '3 kg', [second.body.id]: 'Acme' };
    const bin = await home.bin({ areaId, tags: ['a', 'b'], customFields });
    const { body: other } = await change(bin.id, { notes: 'n' }).expect(200);
    expect(other).toEqual({ ...bin, notes: 'n', is_pinned: 0, updated_at: expect.any(String) });
    const { body } = await change(bin.id, { tags: ['c', 'a'], customFields: { [fieldId]: '4 kg' } }).expect(
      200,
    );
    expect([body.tags, body.custom_fields]).toEqual([['c', 'a'], { [fieldId]: '4 kg' }]);
    const cleared = await change(bin.id, { tags: [], customFields: {}, areaId: null, notes: '' }).expect(200);
    expect(cleared.body).toEqual({
      ...bin,
      area_id: null,
      area_name: '',
      tags: [],
      custom_fields: {},
      is_pinned: 0,
      updated_at: expect.any(String),
    });
  });

  it.each([{}, undefined, { unknown: 'x' }])('touches the bin for %j, and logs nothing', async (input) => {
    const bin = await home.bin({ items: ['A'], tags: ['t'] });
    const past = new Date(Date.now() - 60_000);
    await home.db.bin.update({ where: { id: bin.id }, data: { updatedAt: past } });
    const { body } = await change(bin.id, input).expect(200);
    expect(body).toEqual({ ...bin, is_pinned: 0, updated_at: expect.any(String) });
    expect(body.updated_at > past.toISOString()).toBe(true);
    expect(await home.actions(bin.id)).toEqual([['create', null]]);
  });
});
