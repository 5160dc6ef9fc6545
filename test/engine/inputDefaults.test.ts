import { buildSchema, parse } from 'graphql';
import { expect, it } from 'vitest';
import { inputDefaults } from '../../src/rest/engine/variables.ts';

const schema = buildSchema(`
  enum Color { RED GREEN }
  input Inner { color: Color! = RED, count: Int = 3 }
  input Plain { name: String }
  input Outer { inner: Inner, list: [Inner!], tree: Outer, size: Int! = 7 }
  type Query { ask(outer: Outer, plain: Plain, id: ID): Boolean }
`);
const fill = inputDefaults(
  schema,
  parse('query ($outer: Outer, $plain: Plain, $id: ID) { ask(outer: $outer, plain: $plain, id: $id) }'),
);

it('writes the defaults of fields that are left out, at every depth and in lists', () => {
  expect(fill({ outer: { inner: {}, list: [{ color: 'GREEN' }, { count: 1 }] } })).toEqual({
    outer: {
      size: 7,
      inner: { color: 'RED', count: 3 },
      list: [
        { color: 'GREEN', count: 3 },
        { color: 'RED', count: 1 },
      ],
    },
  });
});

it('takes undefined for left out and leaves null and wrong values as they are', () => {
  expect(fill({ outer: { inner: { color: undefined, count: null }, size: 'x' } })).toEqual({
    outer: { size: 'x', inner: { color: 'RED', count: null } },
  });
  expect(fill({ outer: null, plain: 'text', id: '1' })).toEqual({ outer: null, plain: 'text', id: '1' });
});

it('does not change the variables themselves', () => {
  const variables = { outer: { inner: {} } };
  fill(variables);
  expect(variables).toEqual({ outer: { inner: {} } });
});
