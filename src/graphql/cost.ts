import {
  type ExecutionArgs,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

import { defaultPageSize } from '../graph/core/keyset.ts';
import { type Weight, weightOf } from '../graph/core/weight.ts';

/** The unit is a value of a row. What else a request makes the server do is counted in it. */
const valueCost = 1;
/** An object has to be walked whatever is asked of it. */
const objectCost = 1;
/** What a statement takes beside its rows. */
const statementCost = 50;
/** A search compares all words of a location. With everything of a page of bins it still fits in a request. */
const searchCost = 4000;
/** `__schema` and `__type` can show the whole graph; graphql-js bounds their depth. */
const introspectionCost = 2000;
/** How long a list is taken to be that says nothing about it: a household has few of most things. */
const usualListSize = 10;

/** Arguments by which a list says how long it is. */
const sizeArguments = ['first', 'last', 'pageSize', 'limit'];

type Field = GraphQLField<unknown, unknown>;
type Values = Readonly<Record<string, unknown>>;

const takesSize = ({ args }: Field): boolean => args.some(({ name }) => sizeArguments.includes(name));

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

const fieldsOf = (type: GraphQLNamedType | undefined): Record<string, Field> =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};

/** Types whose lists are as long as the argument says by which one gets to them, such as `BinPage`. */
function pagesOf(schema: GraphQLSchema): Set<GraphQLNamedType> {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) => Object.values(fieldsOf(type)));
  return new Set(
    fields.filter((field) => takesSize(field) && !isList(field.type)).map(({ type }) => getNamedType(type)),
  );
}

/** The arguments as the resolver gets them: with variables, and with the schema's defaults. */
function valuesOf(field: Field, node: FieldNode, variables: Values): Values {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    // The field will not run; its defaults are as good a guess as any.
    return Object.fromEntries(field.args.map(({ name, defaultValue }) => [name, defaultValue]));
  }
}

function searches({ searchWords }: Weight, values: Values): boolean {
  const [argument = '', part] = searchWords ?? [];
  const value = values[argument];
  return Boolean(part ? (value as Values | null | undefined)?.[part] : value);
}

/** What an operation asks of the server; see {@link valueCost} for the unit. */
export type CostOf = (asked: Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'>) => number;

/**
 * Counts operations against a schema: the values of all rows that they may read, statements and searches.
 * A page has the size that is written, in a variable or not, or else the schema's default. It takes the
 * values of variables, which is why this is not a validation rule.
 */
export function createCost(schema: GraphQLSchema): CostOf {
  const pages = pagesOf(schema);
  const roots = new Set<GraphQLNamedType | null | undefined>([
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ]);

  function rowsOf(parent: GraphQLNamedType, field: Field, { size }: Weight, values: Values): number {
    if (takesSize(field)) {
      const sizes = sizeArguments.map((name) => values[name]).filter((value) => typeof value === 'number');
      return Math.max(1, ...(sizes.length > 0 ? sizes : [defaultPageSize]));
    }
    // What leads to a page has counted its list.
    return isList(field.type) && !pages.has(parent) ? (size ?? usualListSize) : 1;
  }

  return ({ document, operationName, variableValues }) => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return 0;
    const given = (variableValues ?? {}) as Record<string, unknown>;
    // Variables that do not fit end the request before anything runs.
    const { coerced: variables = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
    const fragments = new Map(
      document.definitions
        .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
        .map((node) => [node.name.value, node]),
    );
    /** A fragment is counted once and added wherever it is spread, so that spreads of spreads take no time. */
    const known = new Map<string, number>();

    const fieldCost = (parent: GraphQLNamedType | undefined, node: FieldNode): number => {
      const name = node.name.value;
      if (name.startsWith('__')) return node.selectionSet ? introspectionCost : valueCost;
      const field = fieldsOf(parent)[name];
      if (!parent || !field) return valueCost;
      const weight = weightOf(field) ?? {};
      const values = valuesOf(field, node, variables);
      const { statements = roots.has(parent) ? 1 : 0, rowValues = 0 } = weight;
      const row = node.selectionSet
        ? objectCost + selectionCost(getNamedType(field.type), node.selectionSet)
        : valueCost;
      return (
        statements * statementCost +
        (searches(weight, values) ? searchCost : 0) +
        rowsOf(parent, field, weight, values) * (rowValues + row)
      );
    };
    const spreadCost = (name: string): number => {
      const counted = known.get(name);
      if (counted !== undefined) return counted;
      // For one that spreads itself, which validation refuses.
      known.set(name, 0);
      const fragment = fragments.get(name);
      const type = fragment && schema.getType(fragment.typeCondition.name.value);
      const cost = fragment ? selectionCost(type, fragment.selectionSet) : 0;
      known.set(name, cost);
      return cost;
    };
    const selectionCost = (parent: GraphQLNamedType | undefined, { selections }: SelectionSetNode): number =>
      selections.reduce((sum, node) => {
        if (node.kind === Kind.FIELD) return sum + fieldCost(parent, node);
        if (node.kind === Kind.FRAGMENT_SPREAD) return sum + spreadCost(node.name.value);
        const { typeCondition, selectionSet } = node;
        const type = typeCondition ? schema.getType(typeCondition.name.value) : parent;
        return sum + selectionCost(type, selectionSet);
      }, 0);

    return selectionCost(schema.getRootType(operation.operation) ?? undefined, operation.selectionSet);
  };
}
