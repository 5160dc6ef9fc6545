import {
  astFromValue,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A value without the properties that are undefined, at any depth; the value itself when it has none.
 * To graphql-js such a property is absent, but graphql-jit makes null of it, and null empties a field.
 */
export function withoutUndefined<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    const items = value.map(withoutUndefined);
    return (items.some((item, index) => item !== value[index]) ? items : value) as Value;
  }
  if (!isPlain(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const before = value[key];
    const after = withoutUndefined(before);
    if (after === before && after !== undefined) continue;
    copy ??= { ...value };
    if (after === undefined) delete copy[key];
    else copy[key] = after;
  }
  return (copy ?? value) as Value;
}

/** Fills what is left out of a value; the value itself is not touched. */
type Fill = (value: unknown) => unknown;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The filler of a type; undefined when nothing in it has a default. `above` are the types around it. */
function fillerOf(type: GraphQLInputType, above: readonly GraphQLInputType[] = []): Fill | undefined {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const fill = fillerOf(bare.ofType, above);
    return fill && ((value) => (Array.isArray(value) ? value.map(fill) : value));
  }
  if (!isInputObjectType(bare) || above.includes(bare)) return undefined;
  const defaults: Record<string, unknown> = {};
  const inner: [string, Fill][] = [];
  for (const { name, type: of, defaultValue } of Object.values(bare.getFields())) {
    const literal = defaultValue === undefined ? undefined : astFromValue(defaultValue, of);
    if (literal) defaults[name] = valueFromASTUntyped(literal);
    const fill = fillerOf(of, [...above, bare]);
    if (fill) inner.push([name, fill]);
  }
  if (inner.length === 0 && Object.keys(defaults).length === 0) return undefined;
  return (value) => {
    if (!isObject(value)) return value;
    const given = Object.entries(value).filter(([, part]) => part !== undefined);
    const filled: Record<string, unknown> = { ...defaults, ...Object.fromEntries(given) };
    for (const [name, fill] of inner) if (name in filled) filled[name] = fill(filled[name]);
    return filled;
  };
}

/**
 * Writes the defaults of input fields into a document's variables, as the specification says.
 * graphql-jit does not, and calls a field that has a default and must not be null missing.
 */
export function inputDefaults(
  schema: GraphQLSchema,
  document: DocumentNode,
): (variables: Record<string, unknown>) => Record<string, unknown> {
  const fillers = document.definitions
    .flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? (node.variableDefinitions ?? []) : []))
    .flatMap(({ variable, type }): [string, Fill][] => {
      const fill = fillerOf(typeFromAST(schema, type) as GraphQLInputType);
      return fill ? [[variable.name.value, fill]] : [];
    });
  if (fillers.length === 0) return (variables) => variables;
  return (variables) => {
    const filled = { ...variables };
    for (const [name, fill] of fillers) filled[name] = fill(filled[name]);
    return filled;
  };
}
