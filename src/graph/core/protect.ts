import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { applyMiddleware, type IMiddlewareFieldMap } from 'graphql-middleware';
import { deny, shield } from 'graphql-shield';
import { type AccessRule, accessOf } from './access.ts';

/** What the fields of a root type declare. Throws an error that names a field without a declaration. */
function rulesOf(type: GraphQLObjectType | null | undefined): Record<string, AccessRule> {
  return Object.fromEntries(
    Object.values(type?.getFields() ?? {}).map((field) => {
      const access = accessOf(field);
      if (!access) throw new Error(`The root field ${type?.name}.${field.name} declares no access.`);
      return [field.name, access];
    }),
  );
}

/**
 * Puts the rules that root fields declare in front of them, and only there: everything else is reached
 * through a root field, and a rule on every field of a list costs two to three times the execution
 * (docs/adr/0004). `allowExternalErrors` lets domain errors through; Yoga masks the rest.
 */
export function protect(schema: GraphQLSchema): GraphQLSchema {
  const rules = {
    Query: rulesOf(schema.getQueryType()),
    Mutation: rulesOf(schema.getMutationType()),
    Subscription: rulesOf(schema.getSubscriptionType()),
  };
  const generator = shield(rules, { fallbackRule: deny, allowExternalErrors: true });
  const { Query, Mutation, Subscription } = generator.generate(schema) as Record<
    keyof typeof rules,
    IMiddlewareFieldMap
  >;
  const guarded = applyMiddleware(schema, { Query, Mutation });
  protectSubscriptions(guarded, Subscription);
  return guarded;
}

/**
 * graphql-middleware would wrap the `resolve` of a subscription field, so that its rule was asked
 * at the first event, after the subscription had begun. Here it stands before `subscribe`.
 */
function protectSubscriptions(schema: GraphQLSchema, rules: IMiddlewareFieldMap): void {
  for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {})) {
    const { subscribe } = field;
    const guard = rules[name];
    if (typeof guard !== 'function' || !subscribe) throw new Error(`Subscription ${name} cannot be guarded.`);
    field.subscribe = (root, args, context, info) =>
      guard(async () => subscribe(root, args, context, info), root, args, context, info);
  }
}
