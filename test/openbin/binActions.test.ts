import { beforeAll, describe, expect, it } from 'vitest';
import { startHousehold, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();
let admin: Person;
let member: Person;
let viewer: Person;
let stranger: Person;
beforeAll(async () => {
  ({ admin, member, viewer, stranger } = home);
});

const get = async (id: string, as = admin) =>
  (await home.call('get', `/bins/${id}`, as.key).expect(200)).body;
const recode = (id: string, code: unknown, as = admin) =>
  home.call('post', `/bins/${id}/change-code`, as.key).send({ code });
const duplicate = (id: string, input: object = {}, as = admin) =>
  home.call('post', `/bins/${id}/duplicate`, as.key).send(input);
const addTags = (id: string, tags: unknown, as = admin) =>
  home.call('put', `/bins/${id}/add-tags`, as.key).send({ tags });

/** What a wrong request gets, and that its answer names the field. */
async function refuses(answer: PromiseLike<{ status: number; body: Record<string, string> }>, field: string) {
  const { status, body } = await answer;
  expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
  expect(body.message).toContain(field);
}

describe('POST /bins/{id}/change-code (10.7)', () => {
  it('gives the bin that code in capitals, and is logged', async () => {
    const bin = await home.bin();
    const { body } = await recode(bin.id, 'ab12cd').expect(200);
    expect(body).toEqual({ ...bin, short_code: 'AB12CD', is_pinned: 0, updated_at: expect.any(String) });
    await home.call('get', '/bins/lookup/ab12cd', viewer.key).expect(200);
    await home.call('get', `/bins/lookup/${bin.short_code}`, viewer.key).expect(404);
    expect((await home.actions(bin.id))[0]).toEqual([
      'code_changed',
      { code: { old: bin.short_code, new: 'AB12CD' } },
    ]);
  });

  it.each([
    undefined,
    null,
    '',
    5,
    'ABCDE',
    'ABCDEFG',
    'ABC-EF',
    'ÄBCDEF',
    'ßABCD',
    'ıABCDE',
    ' ABCDEF',
  ])('refuses %j', async (code) => {
    const bin = await home.bin();
    await refuses(recode(bin.id, code), 'code');
    // Before anything is looked up.
    await refuses(recode('unknown', code, stranger), 'code');
    expect((await get(bin.id)).short_code).toBe(bin.short_code);
  });

  it('checks in the order of the contract: the bin, its own code, the role, the others', async () => {
    const [bin, taken] = [await home.bin({}, member), await home.bin()];
    await recode(bin.id, taken.short_code, stranger).expect(404);
    await refuses(recode(bin.id, bin.short_code.toLowerCase(), member), 'code');
    await recode(bin.id, taken.short_code, member).expect(403);
    await recode(bin.id, taken.short_code, viewer).expect(403);
    await refuses(recode(bin.id, taken.short_code), 'code');
    await home.trash(taken.id);
    await refuses(recode(bin.id, taken.short_code), 'code');
    const elsewhere = await home.location(admin, 'Elsewhere');
    const namesake = await home.bin({ locationId: elsewhere.id });
    await recode(bin.id, namesake.short_code).expect(200);
    const hidden = await home.bin({ visibility: 'private' }, member);
    await recode(hidden.id, 'HIDDEN').expect(404);
    await recode(taken.id, 'TRASHD').expect(404);
  });

  it('gives a code to one of two bins that want it at once', async () => {
    for (const code of ['RACE01', 'RACE02', 'RACE03']) {
      const bins = await Promise.all([home.bin(), home.bin(), home.bin()]);
      const answers = await Promise.all(bins.map(({ id }) => recode(id, code)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
      expect(await home.db.bin.count({ where: { locationId: home.locationId, shortCode: code } })).toBe(1);
    }
  });

  it('counts among the sensitive routes (5), and API keys do not', async () => {
    const limited = await startHousehold({ DISABLE_RATE_LIMIT: 'false' });
    const session = await limited.makeSession(limited.admin.account);
    const ask = (bearer: string) =>
      limited.call('post', '/bins/unknown/change-code', bearer).send({ code: 'ABCDEF' });
    const { headers } = await ask(session).expect(404);
    expect(headers['ratelimit-policy']).toBe('10;w=900');
    for (let calls = 1; calls < 10; calls++) await ask(session).expect(404);
    await ask(session).expect(429);
    await ask(limited.admin.key).expect(404);
    await limited.stop();
  });
});

describe('POST /bins/{id}/duplicate (10.7)', () => {
  it('copies everything but the ids, for the caller, and is logged on the copy', async () => {
    const { locationId } = home;
    const area = await home.call('post', `/locations/${locationId}/areas`, admin.key).send({ name: 'Attic' });
    const field = await home
      .call('post', `/locations/${locationId}/custom-fields`, admin.key)
      .send({ name: 'Weight' });
    const bin = await home.bin({
      name: 'Red Box',
      areaId: area.body.id,
      items: ['B', { name: 'A', quantity: 3 }],
      notes: 'n',
      tags: ['y', 'x'],
      icon: 'Box',
      color: 'neutral:1',
      cardStyle: '{"variant":"border"}',
      customFields: { [field.body.id]: '3 kg' },
    });
    const gone = await home.removedItem(bin.id);
    const { body: copy } = await duplicate(bin.id, {}, member).expect(201);
    expect(copy).toEqual({
      ...bin,
      id: expect.any(String),
      short_code: expect.stringMatching(/^CRB/),
      name: 'Copy of Red Box',
      items: [
        { id: expect.any(String), name: 'B', quantity: null },
        { id: expect.any(String), name: 'A', quantity: 3 },
      ],
      created_by: member.account.id,
      created_by_name: 'Mia',
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const ids = new Set([...bin.items, ...copy.items, gone].map(({ id }) => id));
    expect(ids.size).toBe(5);
    expect(await home.actions(copy.id)).toEqual([['duplicate', null]]);
    expect(await home.actions(bin.id)).toEqual([['create', null]]);
    expect((await home.log(locationId, admin, `?entity_id=${copy.id}`)).results[0]).toMatchObject({
      entity_name: 'Copy of Red Box',
      user_id: member.account.id,
    });
  });

  it('takes another name, trimmed; the usual one never gets too long', async () => {
    const bin = await home.bin({ name: '😀'.repeat(255) });
    expect((await duplicate(bin.id, { name: ' Other ' }).expect(201)).body.name).toBe('Other');
    const { body } = await duplicate(bin.id, { name: null }).expect(201);
    expect(body.name).toBe(`Copy of ${'😀'.repeat(247)}`);
    expect((await home.call('post', `/bins/${bin.id}/duplicate`, admin.key).expect(201)).body.name).toBe(
      body.name,
    );
  });

  it.each([' ', '', 'x'.repeat(256), 5, ['x']])('refuses the name %j', async (name) => {
    const bin = await home.bin();
    const before = await home.db.bin.count();
    await refuses(duplicate(bin.id, { name }), 'name');
    expect(await home.db.bin.count()).toBe(before);
  });

  it('is for members, of live bins that they may see', async () => {
    const bin = await home.bin();
    const hidden = await home.bin({ visibility: 'private' }, member);
    await duplicate(bin.id, {}, stranger).expect(404);
    await duplicate(bin.id, {}, viewer).expect(403);
    await duplicate(hidden.id).expect(404);
    expect((await duplicate(hidden.id, {}, member).expect(201)).body.visibility).toBe('private');
    await home.trash(bin.id);
    await duplicate(bin.id).expect(404);
  });

  it('gives each of many copies made at once a code of its own', async () => {
    const bin = await home.bin({ items: ['A'] });
    const copies = await Promise.all(Array.from({ length: 8 }, () => duplicate(bin.id).expect(201)));
    expect(new Set(copies.map(({ body }) => body.short_code)).size).toBe(8);
  });
});

describe('PUT /bins/{id}/add-tags (10.7)', () => {
  it('adds what is new at the end, by exact case, and answers just id and tags', async () => {
    const bin = await home.bin({ tags: ['a', 'b'] });
    const { body } = await addTags(bin.id, ['b', ' c ', 'A', '', 'c\u200b'], member).expect(200);
    expect(body).toEqual({ id: bin.id, tags: ['a', 'b', 'c', 'A'] });
    const now = await get(bin.id);
    expect(now.tags).toEqual(body.tags);
    expect(now.updated_at > (bin.updated_at as string)).toBe(true);
    expect(await home.actions(bin.id)).toEqual([['create', null]]);
    await addTags(bin.id, ['a', ' ']).expect(200);
    expect(await get(bin.id)).toEqual(now);
  });

  it.each([
    undefined,
    null,
    'a',
    { 0: 'a' },
    ['a', 5],
    ['a', null],
    ['x'.repeat(101)],
  ])('refuses %j', async (tags) => {
    const bin = await home.bin({ tags: ['a'] });
    await refuses(addTags(bin.id, tags), 'tags');
    await refuses(addTags('unknown', tags, stranger), 'tags');
    expect((await get(bin.id)).tags).toEqual(['a']);
  });

  it('ends at 50 tags together, also when many add at once', async () => {
    const bin = await home.bin({ tags: Array.from({ length: 40 }, (_, at) => `t${at}`) });
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, at) =>
        addTags(
          bin.id,
          Array.from({ length: 4 }, (_each, each) => `new ${at} ${each}`),
        ),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422, 422, 422]);
    expect((await get(bin.id)).tags).toHaveLength(48);
    await refuses(addTags(bin.id, ['x', 'y', 'z']), 'tags');
    await addTags(bin.id, ['x', 'y', ...Array.from({ length: 60 }, () => 't1'), '']).expect(200);
    expect((await get(bin.id)).tags).toHaveLength(50);
  });

  it('takes what no database can tell apart for one tag', async () => {
    const bin = await home.bin();
    for (const [method, path] of [
      ['put', `/bins/${bin.id}/add-tags`],
      ['put', `/bins/${bin.id}`],
    ] as const) {
      const send = home.call(method, path, admin.key).set('content-type', 'application/json');
      const { body } = await send.send('{"tags":["a\\ud800","a\\udbff","a\\ufffd"]}').expect(200);
      expect(body.tags).toEqual(['a\ufffd']);
    }
  });

  it('is for members, of live bins that they may see', async () => {
    const bin = await home.bin();
    const hidden = await home.bin({ visibility: 'private' }, member);
    await addTags(bin.id, ['x'], stranger).expect(404);
    await addTags(bin.id, ['x'], viewer).expect(403);
    await addTags(hidden.id, ['x']).expect(404);
    await home.trash(bin.id);
    await addTags(bin.id, ['x']).expect(404);
  });

  it('is found by a search at once', async () => {
    const bin = await home.bin();
    const search = () =>
      home.call('get', `/bins?location_id=${home.locationId}&q=zeppelin`, admin.key).expect(200);
    expect((await search()).body.count).toBe(0);
    await addTags(bin.id, ['Zeppelin']).expect(200);
    expect((await search()).body.results).toMatchObject([{ id: bin.id }]);
    await home.trash(bin.id);
    expect((await search()).body.count).toBe(0);
  });
});
