import { expect, it } from 'vitest';
import { withoutUndefined } from '../../src/rest/engine/variables.ts';

it('leaves what is undefined out, at any depth, and touches nothing else', () => {
  const moment = new Date(0);
  const value = {
    a: undefined,
    b: null,
    c: [{ d: undefined, e: 0 }, 'x'],
    f: { g: { h: undefined } },
    moment,
  };
  expect(withoutUndefined(value)).toStrictEqual({ b: null, c: [{ e: 0 }, 'x'], f: { g: {} }, moment });
  expect(value).toStrictEqual({
    a: undefined,
    b: null,
    c: [{ d: undefined, e: 0 }, 'x'],
    f: { g: { h: undefined } },
    moment,
  });
});

it('answers the very value when there is nothing to leave out', () => {
  const value = { a: null, b: [1, { c: '' }], d: new Date() };
  expect(withoutUndefined(value)).toBe(value);
});
