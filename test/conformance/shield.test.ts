import SchemaBuilder from '@pothos/core';
import { execute, extendSchema, type GraphQLObjectType, parse } from 'graphql';
import { expect, it } from 'vitest';
import { accessOf, accessPlugin, administrator } from '../../src/graph/core/access.ts';
import type { GraphContext } from '../../src/graph/core/context.ts';
import { protect } from '../../src/graph/core/protect.ts';
import { bareSchema } from '../../src/graph/schema.ts';

const roots = [
  ['Query', bareSchema.getQueryType()],
  ['Mutation', bareSchema.getMutationType()],
  ['Subscription', bareSchema.getSubscriptionType()],
] as const;
const fields = roots.flatMap(([type, object]) =>
  Object.values(object?.getFields() ?? {}).map((field) => [type, field.name, field] as const),
);

it.each(fields)('%s.%s has a rule of its own', (_type, _name, field) => {
  expect(accessOf(field)).toBeDefined();
});

it.each(['Query', 'Mutation', 'Subscription'])('a field of %s without a rule stops the start', (type) => {
  const extended = extendSchema(bareSchema, parse(`extend type ${type} { forgotten: String }`));
  expect(() => protect(extended)).toThrow(`The root field ${type}.forgotten declares no access.`);
});

it('the builder refuses a root field without a rule', () => {
  const builder = new SchemaBuilder<object>({ plugins: [accessPlugin] } as never);
  builder.queryType();
  const undeclared = { type: 'String', description: 'None.', resolve: () => '' } as const;
  // @ts-expect-error: `access` is missing
  builder.queryField('forgotten', (t) => t.string(undeclared));
  expect(() => builder.toSchema()).toThrow('The root field Query.forgotten declares no access.');
});

it('a root field does not run for a caller whom its rule refuses', async () => {
  const extended = extendSchema(bareSchema, parse('extend type Query { internals: String }'));
  const field = (extended.getType('Query') as GraphQLObjectType).getFields().internals;
  let ran = false;
  Object.assign(field ?? {}, {
    extensions: { access: administrator },
    resolve: () => {
      ran = true;
      return 'secret';
    },
  });
  const contextValue = { caller: { account: { administrator: false } } } as unknown as GraphContext;
  const document = parse('{ internals }');
  const { data, errors } = await execute({ schema: protect(extended), document, contextValue });
  expect(errors).toHaveLength(1);
  expect(data?.internals ?? null).toBeNull();
  expect(ran).toBe(false);
});
