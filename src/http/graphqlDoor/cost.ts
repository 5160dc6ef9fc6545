import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';

const leafCost = 1;
const objectCost = 2;
/** What lies deeper costs more: each level multiplies what is below it. */
const levelFactor = 1.5;

/** Arguments by which a list says how long it is. */
const sizeArguments = new Set(['first', 'last', 'pageSize', 'limit']);

type Variables = Readonly<Record<string, unknown>>;

/** The variables as they will be used: the given ones, and the defaults of the others. */
function withDefaults({ variableDefinitions }: OperationDefinitionNode, given: Variables): Variables {
  const defaults = (variableDefinitions ?? []).map(({ variable, defaultValue }) => [
    variable.name.value,
    defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
  ]);
  return { ...Object.fromEntries(defaults), ...given };
}

/**
 * How much an operation asks: fields, more the deeper they lie, times the sizes of the pages they lie in.
 * A size in a variable counts as well, which is why this is not a validation rule: those know no values.
 */
export function costOf(document: DocumentNode, operationName?: string | null, given: Variables = {}): number {
  const operation = getOperationAST(document, operationName);
  if (!operation) return 0;
  const variables = withDefaults(operation, given);
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  /** A fragment is counted once and added wherever it is spread, so that spreads of spreads take no time. */
  const known = new Map<string, number>();

  const sizeOf = (value: ValueNode): number => {
    const size =
      value.kind === Kind.VARIABLE ? variables[value.name.value] : Number('value' in value && value.value);
    return typeof size === 'number' && size > 1 ? size : 1;
  };
  const fieldCost = ({ name, arguments: args = [], selectionSet }: FieldNode): number => {
    if (name.value === '__schema') return 0;
    if (!selectionSet) return leafCost;
    const sizes = args.filter((arg) => sizeArguments.has(arg.name.value)).map(({ value }) => sizeOf(value));
    return (objectCost + levelFactor * selectionCost(selectionSet)) * Math.max(1, ...sizes);
  };
  const spreadCost = (name: string): number => {
    const fragment = fragments.get(name);
    const cost = known.get(name) ?? (fragment ? selectionCost(fragment.selectionSet) : 0);
    known.set(name, cost);
    return cost;
  };
  const selectionCost = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, node) => {
      if (node.kind === Kind.FIELD) return sum + fieldCost(node);
      if (node.kind === Kind.INLINE_FRAGMENT) return sum + selectionCost(node.selectionSet);
      return sum + spreadCost(node.name.value);
    }, 0);

  return selectionCost(operation.selectionSet);
}

/** Refuses operations that cost more than `maxCost`, before anything of them runs. */
export function costPlugin(maxCost: number): Plugin {
  const refusal = ({ document, operationName, variableValues }: ExecutionArgs) => {
    const cost = costOf(document, operationName, variableValues as Variables | undefined);
    if (cost <= maxCost) return undefined;
    const message = `Query cost limit of ${maxCost} exceeded, found ${Math.round(cost)}.`;
    return { errors: [new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })] };
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const refused = refusal(args);
      if (refused) setResultAndStopExecution(refused);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refused = refusal(args);
      if (refused) setResultAndStopExecution(refused);
    },
  };
}
