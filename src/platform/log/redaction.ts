import { LRUCache } from 'lru-cache';
import { stdSerializers } from 'pino';

const REDACTED = '[redacted]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;

/** Tested against the name without dashes and underscores, in lower case. */
const SECRET_NAME =
  /(authorization|cookie|apikey|password|passphrase|token|secret|secretkey|privatekey|credential)s?$|^(code|otp|pin)$/;
const SECRET_IN_URL = /([?&](?:[\w-]*token|code|key|api_?key|secret|password)=)[^&#\s"']*/gi;

/**
 * A copy of what is to be logged without its secrets: fields named like one at any depth, and such parameters in URLs.
 * What lies deeper than six levels is left out. An error's `code` stays: it is a name.
 * pino's own `redact` takes paths instead, which misses each depth and each spelling that nobody thought of.
 */
export function redact(value: unknown): unknown {
  return redactValue(value, 0);
}

function redactFields(fields: object, depth: number, isError: boolean): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const value = readField(fields, name);
    const isSecret = isSecretName(name) && !(isError && name === 'code');
    // `defineProperty`, because assigning to `__proto__` would change the copy itself.
    const shown =
      isSecret && value !== undefined && value !== null ? REDACTED : redactValue(value, depth + 1);
    if (name === '__proto__') Object.defineProperty(copy, name, { value: shown, enumerable: true });
    else copy[name] = shown;
  }
  return copy;
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return value.includes('=') ? value.replace(SECRET_IN_URL, `$1${REDACTED}`) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[too deep]';
  if (value instanceof Error) return redactFields(stdSerializers.err(value), depth, true);
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redactValue(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  const json = callToJson(value);
  return json === value ? redactFields(value, depth, false) : redactValue(json, depth + 1);
}

function callToJson(value: object): unknown {
  const toJson = readField(value, 'toJSON');
  if (typeof toJson !== 'function') return value;
  try {
    return toJson.call(value);
  } catch {
    return '[unreadable]';
  }
}

/** A getter that throws must not take the request down that is being logged. */
function readField(fields: object, name: string): unknown {
  try {
    return (fields as Record<string, unknown>)[name];
  } catch {
    return '[unreadable]';
  }
}

/** The names of fields are few and always the same, while working one out takes longer than the rest of a line. */
const results = new LRUCache<string, boolean>({ max: 1000 });

function isSecretName(name: string): boolean {
  let isSecret = results.get(name);
  if (isSecret === undefined) {
    isSecret = SECRET_NAME.test(name.replace(/[-_]/g, '').toLowerCase());
    results.set(name, isSecret);
  }
  return isSecret;
}
