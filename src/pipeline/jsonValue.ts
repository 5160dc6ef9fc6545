/** Nothing documented is nearly as deep; much deeper values exhaust the stack of what reads and stores them. */
const maxDepth = 500;

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** True when lists and objects are nested more than 500 times in a JSON value. */
export function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isNested);
  for (let deep = 0; level.length > 0; deep++) {
    if (deep > maxDepth) return true;
    level = level.flatMap((each) => Object.values(each as object)).filter(isNested);
  }
  return false;
}

/** True when a string or key (`isKey`) anywhere in a JSON value is such. */
function holds(value: unknown, isSuch: (text: string, isKey: boolean) => boolean): boolean {
  // No recursion: a caller can nest deeper than the stack is.
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string' && isSuch(next, false)) return true;
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, inner] of Object.entries(next)) {
      if (isSuch(key, true)) return true;
      waiting.push(inner);
    }
  }
  return false;
}

/** True when a string or key anywhere in a JSON value holds U+0000. */
export const holdsNul = (value: unknown): boolean => holds(value, (text) => text.includes('\0'));

/** True when an object anywhere in a JSON value has a key that JavaScript takes for the prototype. */
export const holdsPrototype = (value: unknown): boolean =>
  holds(value, (text, isKey) => isKey && text === '__proto__');

const whole = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * A JSON value that is not too deep, with U+FFFD for each half of a surrogate pair. Databases have no
 * character for such a half: replaced at the endpoint, it is what rules count and compare.
 */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return whole(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [whole(key), wellFormed(inner)]));
}
