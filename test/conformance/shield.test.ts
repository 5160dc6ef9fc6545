import { execute, extendSchema, type GraphQLObjectType, parse } from 'graphql';
import { expect, it } from 'vitest';
import type { GraphContext } from '../../src/graph/core/context.ts';
import { protect, rootRules } from '../../src/graph/permissions.ts';
import { bareSchema } from '../../src/graph/schema.ts';

const roots = [
  ['Query', bareSchema.getQueryType()],
  ['Mutation', bareSchema.getMutationType()],
  ['Subscription', bareSchema.getSubscriptionType()],
] as const;
const fields = roots.flatMap(([type, object]) =>
  Object.keys(object?.getFields() ?? {}).map((field) => [type, field] as const),
);

it.each(fields)('%s.%s has a rule of its own', (type, field) => {
  expect(rootRules[type][field]).toBeDefined();
});

it('there is no rule for a field that is not there', () => {
  for (const [type, object] of roots) {
    for (const field of Object.keys(rootRules[type]))
      expect(object?.getFields()[field], `${type}.${field}`).toBeDefined();
  }
});

it('a root field without a rule is denied, and its resolver does not run', async () => {
  for (const type of ['Query', 'Mutation'] as const) {
    const extended = extendSchema(bareSchema, parse(`extend type ${type} { forgotten: String }`));
    let ran = false;
    const field = (extended.getType(type) as GraphQLObjectType).getFields().forgotten;
    if (field) {
      field.resolve = () => {
        ran = true;
        return 'secret';
      };
    }
    const document = parse(type === 'Query' ? '{ forgotten }' : 'mutation { forgotten }');
    const contextValue = { caller: { account: { administrator: true } } } as unknown as GraphContext;
    const { data, errors } = await execute({ schema: protect(extended), document, contextValue });
    expect(errors).toHaveLength(1);
    expect(data?.forgotten ?? null).toBeNull();
    expect(ran).toBe(false);
  }
});
