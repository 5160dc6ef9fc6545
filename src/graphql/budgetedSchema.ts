import { type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import { applyMiddleware, type IMiddlewareFunction } from 'graphql-middleware';
import { type Weight, weightOf } from '../graph/core/weight.ts';
import type { RequestBudget } from './budget.ts';

/** What the context of a budgeted schema has beside the graph's own. */
export interface BudgetContext {
  readonly budget: RequestBudget;
}

/**
 * A copy of the schema whose reads count against the request's budget: the fields of Query, and the
 * fields below that have a weight. Mutations do not, because what was done must be answered. REST
 * keeps the schema without budget: its documents are ours, and its contracts say how long lists are.
 */
export function budgeted(schema: GraphQLSchema): GraphQLSchema {
  const reads = ({ statements = 0, batched = false }: Weight): IMiddlewareFunction<unknown, BudgetContext> =>
    batched
      ? (resolve, root, args, context, info) =>
          context.budget.readAtOnce(statements, () => resolve(root, args, context, info))
      : (resolve, root, args, context, info) =>
          context.budget.read(statements, () => resolve(root, args, context, info));
  const middleware = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter((type) => !isIntrospectionType(type))
    .map((type) => {
      const usual = type === schema.getQueryType() ? 1 : 0;
      const counted = Object.values(type.getFields()).flatMap((field) => {
        const { statements = usual, batched } = weightOf(field) ?? {};
        return statements > 0 ? [[field.name, reads({ statements, batched })] as const] : [];
      });
      return [type.name, Object.fromEntries(counted)] as const;
    });
  return applyMiddleware(
    schema,
    Object.fromEntries(middleware.filter(([, fields]) => Object.keys(fields).length > 0)),
  );
}
