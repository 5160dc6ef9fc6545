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
