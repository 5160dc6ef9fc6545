import type { core, ZodType } from 'zod';
import { DomainError, type Issue, type IssueRule } from '../../errors/domainError.ts';
import type { Bound, Route } from './route.ts';

const rules: Partial<Record<core.$ZodIssue['code'], IssueRule>> = {
  invalid_type: 'type',
  invalid_format: 'format',
  invalid_value: 'range',
  too_big: 'too_long',
  too_small: 'too_short',
  unrecognized_keys: 'unknown',
};

function issueOf(issue: core.$ZodIssue, where: readonly string[]): Issue {
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  const key = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return {
    path: [...where, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)), ...key],
    rule: missing ? 'required' : (rules[issue.code] ?? 'format'),
    message: missing ? 'is required' : key.length > 0 ? 'is not a known field' : issue.message,
  };
}

function parse(
  schema: ZodType,
  value: unknown,
  code: 'INVALID_BODY' | 'INVALID_PARAMETER',
  where: string,
): unknown {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const place = code === 'INVALID_PARAMETER' ? [where] : [];
  throw new DomainError(code, { issues: result.error.issues.map((issue) => issueOf(issue, place)) });
}

/** A query string as an object; a key that comes more than once is an array, in order. */
export function parseQuery(search: string): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(search)) {
    const text = withoutNul(value);
    const present = values.get(key);
    values.set(key, present === undefined ? text : [...(Array.isArray(present) ? present : [present]), text]);
  }
  return Object.fromEntries(values);
}

/**
 * PostgreSQL cannot store U+0000 and would fail on it; in a path or a query it becomes
 * U+FFFD, so that it is simply a value that nothing matches.
 */
export function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text;
}

/** What a request carries beside path, query and body. */
interface Sent {
  readonly cookies: () => Readonly<Record<string, string>>;
  readonly credential: () => string | undefined;
}

const nothingSent: Sent = { cookies: () => ({}), credential: () => undefined };

/**
 * Checks path, query and body of a request against what its route takes.
 * Throws INVALID_PARAMETER (paths start with `path` or `query`) or INVALID_BODY, with external names.
 */
export function bind(
  route: Route,
  params: Record<string, string | undefined>,
  search: string,
  body: unknown,
  sent: Sent = nothingSent,
): Bound<unknown, unknown, unknown> {
  const cleaned: Record<string, string> = {};
  for (const key in params) cleaned[key] = withoutNul(params[key] ?? '');
  return {
    params: route.params ? parse(route.params, cleaned, 'INVALID_PARAMETER', 'path') : cleaned,
    query: route.query ? parse(route.query, parseQuery(search), 'INVALID_PARAMETER', 'query') : undefined,
    body: route.body ? parse(route.body, body, 'INVALID_BODY', 'body') : undefined,
    // Few routes ask for them, so they are read when they are.
    get cookies() {
      return sent.cookies();
    },
    get credential() {
      return sent.credential();
    },
  };
}
