import { beforeAll, describe, expect, it } from 'vitest';
import { type Person, useOpenbin } from './support.ts';

const app = useOpenbin();
let person: Person;
beforeAll(async () => {
  person = await app.person();
});

const save = (body: object, who = person) => app.call('post', '/saved-views', who.key).send(body);
const list = async (who = person) => (await app.call('get', '/saved-views', who.key).expect(200)).body;

describe('saved views (20)', () => {
  it('are kept with their defaults, oldest first', async () => {
    const who = await app.person();
    expect(await list(who)).toEqual({ results: [], count: 0 });
    const first = await save({ name: '  Attic ' }, who).expect(201);
    expect(first.body).toEqual({
      id: expect.any(String),
      name: 'Attic',
      search_query: '',
      sort: 'updated',
      filters: {},
      created_at: expect.stringMatching(/Z$/),
    });
    const filters = {
      tags: ['a'],
      tagMode: 'all',
      areas: [],
      hasItems: true,
      unusedSince: '2026-01-01',
      own: { x: 1 },
    };
    const second = await save({ name: 'Two', search_query: 'drill', sort: 'name', filters }, who).expect(201);
    expect(second.body).toMatchObject({ search_query: 'drill', sort: 'name', filters });
    const third = await save({ name: 'Three', searchQuery: ' saw ' }, who).expect(201);
    expect(third.body.search_query).toBe(' saw ');
    expect(await list(who)).toEqual({ results: [first.body, second.body, third.body], count: 3 });
  });

  it.each([
    {},
    { name: '' },
    { name: '  ' },
    { name: 7 },
    { name: null },
    { name: ['x'] },
  ])('needs a name: %j', async (body) => {
    const answer = await save(body);
    expect([answer.status, answer.body.error]).toEqual([422, 'VALIDATION_ERROR']);
    expect(answer.body.message).toContain('name');
    expect(await list()).toEqual({ results: [], count: 0 });
  });

  it.each([
    { filters: [] },
    { filters: 'x' },
    { sort: 7 },
    { search_query: {} },
  ])('refuses what is of another kind: %j', async (extra) => {
    const answer = await save({ name: 'x', ...extra });
    expect(answer.status).toBe(422);
    expect(answer.body.message).toContain(Object.keys(extra)[0]);
    expect(await list()).toEqual({ results: [], count: 0 });
  });

  it('sets no limit to the name', async () => {
    const who = await app.person();
    const name = 'long '.repeat(2000).trim();
    const { body } = await save({ name }, who).expect(201);
    expect(body.name).toBe(name);
    await save({ name: '\ud800 half', filters: { '\udc00': '\ud800' } }, who).expect(201);
  });

  it('are ten: the eleventh is refused, also when many come at once, and again possible after a deletion', async () => {
    const who = await app.person();
    const answers = await Promise.all(Array.from({ length: 15 }, (_, n) => save({ name: `View ${n}` }, who)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(10).fill(201),
      ...Array(5).fill(422),
    ]);
    const { results, count } = await list(who);
    expect(count).toBe(10);
    expect((await save({ name: 'more' }, who)).body.error).toBe('VALIDATION_ERROR');
    await app.call('delete', `/saved-views/${results[0].id}`, who.key).expect(204);
    await save({ name: 'more' }, who).expect(201);
  });

  it('can be renamed, and nothing else about them changed', async () => {
    const who = await app.person();
    const { body: view } = await save({ name: 'Old', sort: 'name' }, who).expect(201);
    const url = `/saved-views/${view.id}`;
    const renamed = await app
      .call('put', url, who.key)
      .send({ name: ' New ', sort: 'area', filters: { a: 1 } });
    expect([renamed.status, renamed.body]).toEqual([200, { ...view, name: 'New' }]);
    for (const name of ['', ' ', 7, null])
      expect((await app.call('put', url, who.key).send({ name })).status).toBe(422);
    expect((await list(who)).results).toEqual([{ ...view, name: 'New' }]);
    await app.call('put', '/saved-views/unknown', who.key).send({ name: 'x' }).expect(404);
  });

  it('are nobody else’s', async () => {
    const [owner, other] = [await app.person(), await app.person()];
    const { body: view } = await save({ name: 'Mine' }, owner).expect(201);
    await app.call('put', `/saved-views/${view.id}`, other.key).send({ name: 'Theirs' }).expect(404);
    await app.call('delete', `/saved-views/${view.id}`, other.key).expect(404);
    expect(await list(other)).toEqual({ results: [], count: 0 });
    expect((await list(owner)).results).toEqual([view]);
    const gone = await app.call('delete', `/saved-views/${view.id}`, owner.key).expect(204);
    expect(gone.text).toBe('');
    await app.call('delete', `/saved-views/${view.id}`, owner.key).expect(404);
    await app.call('get', '/saved-views').expect(401);
  });
});
