import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
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
  type OperationDefinitionNode,
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

/** Types whose lists are as long as the argument says by which one gets to them, such as `BinConnection`. */
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

/** What a selection costs: what is there once, and what is there for each row of the page that it is about. */
interface SelectionCost {
  readonly once: number;
  readonly each: number;
}

const sum = (a: SelectionCost, b: SelectionCost): SelectionCost => ({
  once: a.once + b.once,
  each: a.each + b.each,
});

const nothing: SelectionCost = { once: 0, each: 0 };

type Asked = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'>;

const noVariables = { values: {} };

/**
 * The variables of an operation as resolvers get them, and the first mistake in them. Not all mistakes: graphql-js would
 * print the value again for each, and search the schema for similar names, so that 20,000 unknown fields of one input
 * ended the process.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  { document, operationName, variableValues }: Asked,
): { readonly values: Values; readonly mistake?: GraphQLError | undefined } {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  if (definitions.length === 0) return noVariables;
  const given = (variableValues ?? {}) as Record<string, unknown>;
  const { errors, coerced } = getVariableValues(schema, definitions, given, { maxErrors: 1 });
  return { values: coerced ?? {}, mistake: errors?.[0] };
}

/** What an operation asks of the server; see {@link valueCost} for the unit. Variables that are coerced already can be given. */
export type CostOf = (asked: Asked, variables?: Values) => number;

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

  function rowsOf(
    parent: GraphQLNamedType,
    field: Field,
    { size, names = '' }: Weight,
    values: Values,
  ): number {
    if (takesSize(field)) {
      const sizes = sizeArguments.map((name) => values[name]).filter((value) => typeof value === 'number');
      return Math.max(1, ...(sizes.length > 0 ? sizes : [size ?? defaultPageSize]));
    }
    const named = values[names];
    if (Array.isArray(named)) return Math.max(1, named.length);
    // What leads to a page has counted its list.
    return isList(field.type) && !pages.has(parent) ? (size ?? usualListSize) : 1;
  }

  /** The costs of operations without variables, which stay the same as long as their parsed document is kept. */
  const fixed = new WeakMap<OperationDefinitionNode, number>();

  function count(operation: OperationDefinitionNode, document: DocumentNode, variables: Values): number {
    const fragments = new Map(
      document.definitions
        .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
        .map((node) => [node.name.value, node]),
    );
    /** A fragment is counted once and added wherever it is spread, so that spreads of spreads take no time. */
    const known = new Map<string, SelectionCost>();

    const fieldCost = (parent: GraphQLNamedType | undefined, node: FieldNode): number => {
      const name = node.name.value;
      if (name.startsWith('__')) return node.selectionSet ? introspectionCost : valueCost;
      const field = fieldsOf(parent)[name];
      if (!parent || !field) return valueCost;
      const weight = weightOf(field) ?? {};
      const values = valuesOf(field, node, variables);
      const { statements = roots.has(parent) ? 1 : 0, rowValues = 0 } = weight;
      const type = getNamedType(field.type);
      const isPage = pages.has(type) && takesSize(field);
      const inside = node.selectionSet ? selectionCost(type, node.selectionSet) : nothing;
      const whole = isPage ? inside.each : inside.once + inside.each;
      const row = node.selectionSet ? objectCost + whole : valueCost;
      return (
        statements * statementCost +
        (searches(weight, values) ? searchCost : 0) +
        (isPage ? inside.once : 0) +
        rowsOf(parent, field, weight, values) * (rowValues + row)
      );
    };
    const spreadCost = (name: string): SelectionCost => {
      const counted = known.get(name);
      if (counted !== undefined) return counted;
      // For one that spreads itself, which validation refuses.
      known.set(name, nothing);
      const fragment = fragments.get(name);
      const type = fragment && schema.getType(fragment.typeCondition.name.value);
      const cost = fragment ? selectionCost(type, fragment.selectionSet) : nothing;
      known.set(name, cost);
      return cost;
    };
    const selectionCost = (
      parent: GraphQLNamedType | undefined,
      { selections }: SelectionSetNode,
    ): SelectionCost =>
      selections.reduce((total, node) => {
        if (node.kind === Kind.FIELD) {
          const cost = fieldCost(parent, node);
          // The list of a page is as long as the page; its total and the like are there once.
          const field = fieldsOf(parent)[node.name.value];
          const isEach = parent && field && pages.has(parent) && isList(field.type);
          return sum(total, isEach ? { once: 0, each: cost } : { once: cost, each: 0 });
        }
        if (node.kind === Kind.FRAGMENT_SPREAD) return sum(total, spreadCost(node.name.value));
        const { typeCondition, selectionSet } = node;
        const type = typeCondition ? schema.getType(typeCondition.name.value) : parent;
        return sum(total, selectionCost(type, selectionSet));
      }, nothing);

    const root = schema.getRootType(operation.operation) ?? undefined;
    const { once, each } = selectionCost(root, operation.selectionSet);
    return once + each;
  }

  return (asked, variables = coerceVariables(schema, asked).values) => {
    const { document, operationName } = asked;
    const operation = getOperationAST(document, operationName);
    if (!operation) return 0;
    const cost = fixed.get(operation) ?? count(operation, document, variables);
    if (!operation.variableDefinitions?.length) fixed.set(operation, cost);
    return cost;
  };
}
