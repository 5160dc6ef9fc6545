import { catalogue, type ErrorCode } from '../../errors/catalogue.ts';
import { DomainError } from '../../errors/domainError.ts';
import type { Api } from './api.ts';
import { commonCodes } from './errors.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';

const badCredential = [
  'UNAUTHENTICATED',
  'CREDENTIAL_INVALID',
  'SESSION_EXPIRED',
  'SESSION_REVOKED',
  'ACCOUNT_SUSPENDED',
  'ACCOUNT_DELETED',
] as const satisfies readonly ErrorCode[];

/** The errors that any route of its kind can give. */
export function commonErrors(
  { access, credentials, body, params, query }: Route,
  { requiresProvenAddress }: Pick<Api, 'requiresProvenAddress'>,
): ErrorCode[] {
  return [
    ...(access === 'required' ? badCredential : []),
    ...(requiresProvenAddress && access !== 'public' ? (['EMAIL_NOT_VERIFIED'] as const) : []),
    ...(credentials ? (['CREDENTIAL_KIND_REFUSED'] as const) : []),
    ...(body ? (['INVALID_BODY', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const) : []),
    ...(params || query ? (['INVALID_PARAMETER'] as const) : []),
    'RATE_LIMITED',
    'SERVICE_UNAVAILABLE',
    'INTERNAL',
  ];
}

/** Beside `commonErrors`: documents do not list them for each route. */
const unlisted: ReadonlySet<ErrorCode> = new Set(['CSRF_INVALID', 'OVERLOADED']);

/** True for an error that a route declares, or that any route of its kind can give. */
export function isDeclared(code: ErrorCode, route: Route, api: Api): boolean {
  return route.errors.includes(code) || unlisted.has(code) || commonErrors(route, api).includes(code);
}

/**
 * The error to show for one that a route met. One that the route does not declare is a mistake in its table: it
 * becomes INTERNAL, for the log and for the test that met it. In production a common code is shown all the same: that
 * it is missing in a table must not make a server's fault of a caller's.
 */
export function declaredError(
  error: DomainError,
  api: Api,
  route: Route | undefined,
  strict: boolean,
): DomainError {
  if (!route || isDeclared(error.code, route, api)) return error;
  if (!strict && (commonCodes as readonly ErrorCode[]).includes(error.code)) return error;
  const cause = new Error(`${route.method} ${route.path} does not declare ${error.code}`, { cause: error });
  return new DomainError('INTERNAL', { cause });
}

/** An error whose issues speak of external fields instead of the graph's. */
function inExternalNames(error: DomainError, api: Api, route: Route | undefined): DomainError {
  if (error.code !== 'INVALID_INPUT' || !error.details.issues) return error;
  const externalName = (field: string) => route?.externalNames?.[field] ?? api.externalName(field);
  const issues = error.details.issues.map((issue) => ({
    ...issue,
    path: issue.path.map((part) => (typeof part === 'string' ? externalName(part) : part)),
  }));
  return new DomainError(error.code, { ...error.details, issues });
}

/** The answer of an API, or of one of its routes, to an error. Throws for a code that neither maps. */
export function replyToError(error: DomainError, api: Api, route?: Route): Reply {
  const { table, body, headers } = api.errors;
  const mapped = route?.errorMapping?.[error.code] ?? table[error.code];
  if (!mapped) throw new Error(`${api.title} does not map ${error.code}`);
  const { retryAfterSeconds, allow, issues } = error.details;
  const code = (issues?.[0] && mapped.byIssue?.(issues[0])) ?? mapped.code;
  // An internal error's own message may tell what went wrong inside; callers get the catalogue's.
  const message =
    mapped.message ?? ('internal' in catalogue[error.code] ? catalogue[error.code].message : error.message);
  return {
    status: mapped.status,
    headers: {
      ...headers?.(mapped, error),
      ...(retryAfterSeconds !== undefined && {
        'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))),
      }),
      ...(allow && { Allow: allow.join(', ') }),
    },
    body:
      mapped.body?.(message) ??
      body({ ...mapped, ...(code !== undefined && { code }), message }, inExternalNames(error, api, route)),
  };
}
