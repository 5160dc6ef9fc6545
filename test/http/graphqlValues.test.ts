import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';

const app = useApp();
let key: string;
beforeAll(async () => {
  key = await app.makeKey(await app.makeAccount());
});

const query =
  'mutation Save($value: JSON!) { saveSettings(input: { kind: PREFERENCES, value: $value }) { settings } }';

/** Saves the value that is written in JSON; as text, as clients cannot write very deep values either. */
const saveJson = (json: string) =>
  app.request
    .post('/graphql')
    .auth(key, { type: 'bearer' })
    .type('json')
    .send(`{"query":${JSON.stringify(query)},"variables":{"value":${json}}}`);

const save = (value: unknown) => saveJson(JSON.stringify(value));

const nested = (levels: number): string => `${'{"value":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;

describe('values in variables', () => {
  it('have one character for half of a surrogate pair, in keys too, and keep whole ones', async () => {
    const { body } = await save({ '\udc00key': 'a\ud83d', fox: '🦊', list: ['\ud800\ud800'] }).expect(200);
    expect(body.data.saveSettings.settings).toEqual({
      '\ufffdkey': 'a\ufffd',
      fox: '🦊',
      list: ['\ufffd\ufffd'],
    });
  });

  it('may be deep, but not so deep that they exhaust a stack', async () => {
    expect((await saveJson(nested(400)).expect(200)).body.errors).toBeUndefined();
    for (const levels of [501, 20_000]) {
      const { body } = await saveJson(nested(levels)).expect(400);
      expect(body.errors).toMatchObject([
        { extensions: { code: 'INVALID_INPUT', requestId: expect.any(String) } },
      ]);
    }
  });

  it('hold no U+0000', async () => {
    const { body } = await save({ a: 'x\0' }).expect(400);
    expect(body.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });
});
