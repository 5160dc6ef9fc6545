import { beforeAll, describe, expect, it } from 'vitest';
import { type Person, useOpenbin } from './support.ts';

const app = useOpenbin();
let person: Person;
beforeAll(async () => {
  person = await app.person();
});

const raw = (path: string, text: string) =>
  app.call('put', path, person.key).set('Content-Type', 'application/json').send(text);

describe.each(['/print-settings', '/user-preferences'])('%s (14, 19)', (path) => {
  const read = async (who = person) => (await app.call('get', path, who.key).expect(200)).body;
  const save = (value: object, who = person) => app.call('put', path, who.key).send(value);

  it('is null at first, then what was sent, as a whole', async () => {
    const who = await app.person();
    expect((await app.call('get', path, who.key).expect(200)).text).toBe('null');
    const first = {
      formatKey: 'avery',
      presets: [{ a: [1, null, 'x'] }],
      customState: { customizing: true },
    };
    expect((await save(first, who).expect(200)).body).toEqual(first);
    expect(await read(who)).toEqual(first);
    expect((await save({ copies: 2 }, who).expect(200)).body).toEqual({ copies: 2 });
    expect(await read(who)).toEqual({ copies: 2 });
  });

  it('is the body itself, not what is called settings in it', async () => {
    const wrapped = { settings: { copies: 2 }, id: 'mine', user_id: null };
    expect((await save(wrapped).expect(200)).body).toEqual(wrapped);
    expect(await read()).toEqual(wrapped);
  });

  it('belongs to one person, and not to the other kind of settings', async () => {
    const [mine, theirs] = [await app.person(), await app.person()];
    await save({ mine: true }, mine).expect(200);
    expect(await read(theirs)).toBeNull();
    const other = path === '/print-settings' ? '/user-preferences' : '/print-settings';
    expect((await app.call('get', other, mine.key)).body).toBeNull();
    await app.call('get', path).expect(401);
    await app.call('put', path).send({}).expect(401);
  });

  it('becomes an empty object without a body', async () => {
    for (const type of [undefined, 'application/json', 'application/json; charset=utf-8']) {
      await save({ a: 1 }).expect(200);
      const put = app.call('put', path, person.key);
      if (type) put.set('Content-Type', type);
      expect((await put.expect(200)).body).toEqual({});
      expect(await read()).toEqual({});
    }
  });

  it.each([
    '[]',
    '[{"a":1}]',
    '"text"',
    '7',
    'true',
    'null',
    '{',
    ''.padEnd(3, ' '),
  ])('answers 422 to %j and keeps what there was', async (text) => {
    await save({ kept: true }).expect(200);
    const { status, body } = await raw(path, text);
    expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
    expect(await read()).toEqual({ kept: true });
  });

  it.each([
    ['names of prototypes', '{"__proto__":{"a":1},"constructor":{"prototype":1},"b":2}'],
    ['half a character', '{"a":"\\ud800","\\udc00":1}'],
    ['a number too large', '{"a":1e999,"b":-1e999}'],
    ['a key twice', '{"a":1,"a":2}'],
    ['no characters', '{"":""}'],
    ['depth', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`],
    ['too much depth', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['too much depth in objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ])('is answered without a fault of the server: %s', async (_what, text) => {
    const { status, body } = await raw(path, text);
    expect([200, 422]).toContain(status);
    if (status === 200) expect(await read()).toEqual(body);
  });

  it('keeps escapes as they are, and makes halves of characters storable', async () => {
    const value = { quote: '\\ud800 "\n', fox: '🦊', half: '\ud83e', both: '\ud83e\udd8a' };
    const { body } = await save(value).expect(200);
    expect(body).toEqual({ ...value, half: '\ufffd' });
    expect(await read()).toEqual(body);
  });

  it('holds 1 MB, and answers 413 to more', async () => {
    const empty = JSON.stringify({ a: '' }).length;
    await save({ a: 'x'.repeat(1_000_000 - empty) }).expect(200);
    const { status, body } = await save({ a: 'x'.repeat(1_000_001 - empty) });
    expect([status, body.error]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('is one object whoever saves at the same moment', async () => {
    const who = await app.person();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => save({ n }, who)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(answers.map(({ body }) => body)).toContainEqual(await read(who));
  });
});

describe('the log (17)', () => {
  it('keeps what was done with halves of characters, and what was done at the same moment', async () => {
    const { id } = await app.location(person, 'Home');
    await app.call('put', `/locations/${id}`, person.key).send({ name: 'a\ud800' }).expect(200);
    const { results } = await app.log(id, person, '?entity_type=location');
    expect(results.map(({ action }) => action)).toEqual(['update', 'create']);
    expect(results[0]?.changes).toEqual({ name: { old: 'Home', new: 'a\ufffd' } });
  });
});
