import { z } from 'zod';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import type { DomainError, IssueRule } from '../../../errors/domainError.ts';
import type { ApiErrors, ResponseError } from '../../engine/errors.ts';

const invalid: ResponseError = { status: 422 };

/** Contract, "Common rules": statuses; the sentences are the catalogue's unless FastAPI's own are expected. */
const table = {
  UNAUTHENTICATED: { status: 401, message: 'Not authenticated' },
  CREDENTIAL_INVALID: { status: 401 },
  SESSION_EXPIRED: { status: 401 },
  SESSION_REVOKED: { status: 401 },
  ACCOUNT_DELETED: { status: 401 },
  ACCOUNT_SUSPENDED: { status: 401 },
  CREDENTIAL_KIND_REFUSED: { status: 403, message: 'API keys are managed with the session of a sign-in.' },
  SIGN_IN_FAILED: { status: 401 },
  ACCOUNT_INACTIVE: { status: 403 },
  EMAIL_NOT_VERIFIED: { status: 403 },
  EMAIL_TAKEN: { status: 409 },
  USER_NAME_TAKEN: { status: 409 },
  ACCOUNT_DELETION_PENDING: { status: 403 },
  REGISTRATION_CLOSED: { status: 403 },
  INVITATION_INVALID: { status: 403 },
  SECRET_INVALID: { status: 400 },
  SECRET_EXPIRED: { status: 400 },
  CODE_INVALID: { status: 400 },
  IDENTITY_TOKEN_INVALID: { status: 401 },
  IDENTITY_PROVIDER_DISABLED: { status: 503 },
  IDENTITY_PROVIDER_UNREACHABLE: { status: 503 },
  IDENTITY_CONFLICT: { status: 409 },
  IDENTITY_NEEDS_PASSWORD: { status: 409 },
  IDENTITY_NOT_LINKED: { status: 409 },
  LAST_SIGN_IN_METHOD: { status: 409 },
  API_KEY_LIMIT_REACHED: { status: 403 },
  NOT_FOUND: { status: 404 },
  INVALID_INPUT: invalid,
  INVALID_BODY: invalid,
  INVALID_PARAMETER: invalid,
  BODY_TOO_LARGE: { status: 413 },
  UNSUPPORTED_MEDIA_TYPE: { status: 415 },
  ROUTE_NOT_FOUND: { status: 404, message: 'Not Found' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'Method Not Allowed' },
  RATE_LIMITED: { status: 429 },
  OVERLOADED: { status: 503 },
  SERVICE_UNAVAILABLE: { status: 503 },
  INTERNAL: { status: 500 },
} as const satisfies Partial<Record<ErrorCode, ResponseError>>;

/** The names by which Pydantic's users know what is wrong. */
const types: Record<IssueRule, string> = {
  required: 'missing',
  type: 'type_error',
  format: 'value_error',
  too_short: 'string_too_short',
  too_long: 'string_too_long',
  mismatch: 'value_error',
  range: 'value_error',
  unknown: 'extra_forbidden',
  taken: 'value_error',
};

const validationError = z.strictObject({
  loc: z.array(z.union([z.string(), z.int()])),
  msg: z.string(),
  type: z.string(),
});

/** What does not fit, one by one; paths in parameters already begin with their place. */
function listOf({ code, details }: DomainError, message: string): z.infer<typeof validationError>[] {
  const place = code === 'INVALID_PARAMETER' ? [] : ['body'];
  const { issues = [] } = details;
  if (issues.length === 0)
    return [{ loc: place, msg: message, type: code === 'INVALID_BODY' ? 'json_invalid' : 'value_error' }];
  return issues.map(({ path, rule, message: msg }) => ({ loc: [...place, ...path], msg, type: types[rule] }));
}

/** Contract, "Common rules": FastAPI's shapes. */
export const errors: ApiErrors<typeof table> = {
  table,
  body: ({ status, message }, error) => ({ detail: status === 422 ? listOf(error, message) : message }),
  bodySchema: z.strictObject({ detail: z.union([z.string(), z.array(validationError)]) }),
  headers: ({ status }): Record<string, string> => (status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
};
