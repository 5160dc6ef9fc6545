import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { bareSchema } from '../../../src/graph/schema.ts';
import { oddText, oddValue } from './oddities.ts';

/** An operation on one root field, with variables of which some fit and some do not. */
export interface GraphqlPlan {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Values of an input type, and now and then something else. */
function valueFor(type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valueFor(type.ofType, depth);
  if (isListType(type)) return fc.array(valueFor(type.ofType, depth + 1), { maxLength: 3 });
  const fitting: fc.Arbitrary<unknown> = isInputObjectType(type)
    ? fc.record(
        Object.fromEntries(
          Object.entries(type.getFields()).map(([name, field]) => [name, valueFor(field.type, depth + 1)]),
        ),
        {
          requiredKeys: Object.entries(type.getFields()).flatMap(([name, field]) =>
            isNonNullType(field.type) ? [name] : [],
          ),
        },
      )
    : isEnumType(type)
      ? fc.constantFrom(...type.getValues().map(({ name }) => name))
      : (scalars[getNamedType(type).name] ?? oddText);
  return fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 1, arbitrary: oddValue });
}

const scalars: Record<string, fc.Arbitrary<unknown>> = {
  Int: fc.oneof(fc.integer({ min: -2, max: 5000 }), fc.constantFrom(2 ** 31 - 1, -(2 ** 31))),
  Float: fc.double({ noNaN: true }),
  Boolean: fc.boolean(),
  DateTime: fc.constantFrom(
    '2026-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-23:59',
    '2026-02-30T00:00:00Z',
    '0001-01-01T00:00:00+00:01',
  ),
};

/** Every leaf of a type, and one step into its objects; lists by their nodes. */
function selection(typeName: string, depth = 0): string {
  const type = bareSchema.getType(typeName);
  if (!isObjectType(type)) return '';
  const parts = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)) return [];
    const named = getNamedType(field.type);
    if (isLeafType(named)) return [field.name];
    const inner = depth < 2 ? selection(named.name, depth + 1) : '';
    return inner
      ? [`${field.name}${field.args.some(({ name }) => name === 'first') ? '(first: 2)' : ''} ${inner}`]
      : [];
  });
  return parts.length > 0 ? `{ ${parts.join(' ')} }` : '';
}

/** Operations on every root field of the graph. */
export const graphqlPlans: fc.Arbitrary<GraphqlPlan> = fc.oneof(
  ...(['query', 'mutation'] as const).flatMap((kind) => {
    const root = kind === 'query' ? bareSchema.getQueryType() : bareSchema.getMutationType();
    return Object.values(root?.getFields() ?? {}).map((field) => {
      const declared = field.args.map(({ name, type }: GraphQLArgument) => `$${name}: ${type}`).join(', ');
      const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
      const small = ['viewer', 'account', 'accounts'].includes(field.name) ? 1 : 0;
      const query = `${kind} Fuzz${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selection(getNamedType(field.type).name, small)} }`;
      const variables = fc.record(
        Object.fromEntries(field.args.map(({ name, type }) => [name, valueFor(type)])),
      );
      return variables.map((values) => ({ query, variables: values }));
    });
  }),
);

/** Requests that are no operation at all. */
export const brokenGraphql: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    'null',
    '[]',
    '[{"query":"{__typename}"}]',
    '"{__typename}"',
    '{"query":5}',
    '{"query":null}',
    '{"query":["{__typename}"]}',
    '{"query":"{__typename}","variables":5}',
    '{"query":"{__typename}","variables":[]}',
    '{"query":"{__typename}","variables":"{}"}',
    '{"query":"{__typename}","operationName":5}',
    '{"query":"{__typename}","operationName":"x"}',
    '{"query":"{__typename}","extensions":5}',
    '{"query":"subscription { x }"}',
    '{"query":"{ __typename @skip }"}',
    '{"query":"{ __typename @unknown }"}',
    '{"query":"{ nothing }"}',
    '{"query":"{ ...A } fragment A on Query { ...A }"}',
    '{"query":"query A { __typename } query B { __typename }"}',
    `{"query":"{__typename}","variables":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
    `{"query":"{__typename}","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    `{"query":"${'{viewer'.repeat(500)}"}`,
    `{"query":"query(${'$a:Int '.repeat(3000)}){__typename}"}`,
    `{"query":"{ account(email: \\"${'x'.repeat(200_000)}\\") { id } }"}`,
    '{"query":"{ account(email: \\"a\\u0000\\") { id } }"}',
    '{"query":"\\ud800"}',
    '{"query":"{ viewer { apiKeys(first: 99999999999) { nodes { id } } } }"}',
    '{"query":"{ viewer { apiKeys(first: -1) { nodes { id } } } }"}',
    '{"query":"{ viewer { apiKeys(after: \\"\\\\ud800\\") { nodes { id } } } }"}',
    '{"query":"{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"}',
    '{"query":"mutation($i: RegisterInput!){register(input:$i){account{id}}}","variables":{"i":{"__proto__":{"email":"a@b.cd","password":"xxxxxxxx"}}}}',
    '{"__proto__":{"query":"{__typename}"}}',
    `{"query":"{__typename}","x":"${'x'.repeat(1_100_000)}"}`,
  ),
  fc.string({ unit: 'binary', maxLength: 60 }).map((query) => JSON.stringify({ query })),
  fc.json({ maxDepth: 4 }),
);
