const plain = new Set<unknown>([Object.prototype, null]);

/** What a number, a truth value or a moment takes, roughly. */
const scalarCharacters = 8;

/**
 * About how many characters a value takes as JSON, escapes left out. Stops counting beyond `enough`,
 * so that it never takes long. Looks into lists and plain objects only, which is what rows consist of.
 */
export function jsonSize(value: unknown, enough: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return scalarCharacters;
  let size = 2;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && size <= enough; at++)
      size += 1 + jsonSize(value[at], enough - size);
    return size;
  }
  if (!plain.has(Object.getPrototypeOf(value))) return scalarCharacters;
  for (const key of Object.keys(value)) {
    if (size > enough) break;
    size += key.length + 4 + jsonSize((value as Record<string, unknown>)[key], enough - size);
  }
  return size;
}
