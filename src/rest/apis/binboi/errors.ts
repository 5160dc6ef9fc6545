import { z } from 'zod';
import { catalogue, type ErrorCode } from '../../../errors/catalogue.ts';
import type { Issue, IssueRule } from '../../../errors/domainError.ts';
import { type ApiErrors, describeError, type ResponseError } from '../../engine/errors.ts';

/** The contract knows one answer for a credential that does not let in, whatever the reason. */
const noGood: ResponseError = {
  status: 401,
  code: 'INVALID_TOKEN',
  message: catalogue.CREDENTIAL_INVALID.message,
};

/** The documented code for a field that does not fit, by field and rule; all are 400. */
const byField: Readonly<Record<string, Partial<Record<IssueRule, string>>>> = {
  email: { required: 'MISSING_EMAIL', format: 'INVALID_EMAIL' },
  password: { required: 'MISSING_PASSWORD', too_short: 'PASSWORD_TOO_SHORT' },
  confirmPassword: { mismatch: 'PASSWORD_MISMATCH' },
  newPassword: { required: 'PASSWORD_TOO_SHORT', too_short: 'PASSWORD_TOO_SHORT' },
  currentPassword: { required: 'MISSING_PASSWORD' },
  token: { required: 'TOKEN_REQUIRED' },
  name: { required: 'INVALID_NAME' },
};

const byIssue = ({ path: [field], rule }: Issue): string | undefined =>
  typeof field === 'string' ? byField[field]?.[rule] : undefined;

/** Contract 1, 1.2, 1.3 and the error tables of 2 to 5. */
const table = {
  UNAUTHENTICATED: { status: 401, code: 'MISSING_TOKEN' },
  CREDENTIAL_INVALID: { status: 401, code: 'INVALID_TOKEN' },
  SESSION_EXPIRED: { status: 401, code: 'TOKEN_EXPIRED' },
  SESSION_REVOKED: noGood,
  ACCOUNT_DELETED: noGood,
  ACCOUNT_SUSPENDED: noGood,
  CREDENTIAL_KIND_REFUSED: { status: 403, code: 'FORBIDDEN' },
  SIGN_IN_FAILED: { status: 401, code: 'INVALID_CREDENTIALS' },
  CURRENT_PASSWORD_WRONG: { status: 403, code: 'INVALID_CREDENTIALS' },
  ACCOUNT_INACTIVE: { status: 403, code: 'ACCOUNT_INACTIVE' },
  EMAIL_NOT_VERIFIED: { status: 403, code: 'EMAIL_NOT_VERIFIED' },
  EMAIL_TAKEN: { status: 409, code: 'ACCOUNT_EXISTS' },
  ACCOUNT_DELETION_PENDING: { status: 403, code: 'ACCOUNT_INACTIVE' },
  LAST_ADMINISTRATOR: { status: 409, code: 'LAST_ADMINISTRATOR' },
  REGISTRATION_CLOSED: { status: 403, code: 'REGISTRATION_CLOSED' },
  INVITATION_INVALID: { status: 403, code: 'INVITATION_INVALID' },
  SECRET_INVALID: { status: 404, code: 'TOKEN_INVALID' },
  SECRET_EXPIRED: { status: 410, code: 'TOKEN_EXPIRED' },
  API_KEY_LIMIT_REACHED: {
    status: 403,
    code: 'TOKEN_LIMIT_REACHED',
    message: 'token limit reached for your plan',
  },
  TUNNEL_LIMIT_REACHED: {
    status: 403,
    code: 'TUNNEL_LIMIT_REACHED',
    message: 'tunnel limit reached for your plan',
  },
  SUBDOMAIN_TAKEN: { status: 409, code: 'SUBDOMAIN_TAKEN' },
  NOT_FOUND: { status: 404, code: 'NOT_FOUND' },
  INVALID_INPUT: { status: 400, code: 'INVALID_BODY', byIssue },
  INVALID_BODY: { status: 400, code: 'INVALID_BODY' },
  INVALID_PARAMETER: { status: 400, code: 'INVALID_PARAMETER' },
  BODY_TOO_LARGE: { status: 413, code: 'BODY_TOO_LARGE' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
  ROUTE_NOT_FOUND: { status: 404, code: 'NOT_FOUND' },
  METHOD_NOT_ALLOWED: { status: 405, code: 'METHOD_NOT_ALLOWED' },
  RATE_LIMITED: { status: 429, code: 'RATE_LIMITED' },
  OVERLOADED: { status: 503, code: 'OVERLOADED' },
  SERVICE_UNAVAILABLE: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  INTERNAL: { status: 500, code: 'INTERNAL_ERROR' },
} as const satisfies Partial<Record<ErrorCode, ResponseError>>;

/** Contract 1: a flat body on every endpoint, with `error` always a string. */
export const errors: ApiErrors<typeof table> = {
  table,
  body: (mapped, error) => ({ code: mapped.code, error: describeError(error, mapped.message) }),
  bodySchema: z.strictObject({ code: z.string(), error: z.string() }),
};
