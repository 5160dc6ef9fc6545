import { z } from 'zod';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import type { DomainError } from '../../../errors/domainError.ts';
import type { ApiErrors, ResponseError } from '../../engine/api.ts';

const unauthorized: ResponseError = { status: 401, code: 'UNAUTHORIZED' };
const forbidden: ResponseError = { status: 403, code: 'FORBIDDEN' };
const conflict: ResponseError = { status: 409, code: 'CONFLICT' };
const notFound: ResponseError = { status: 404, code: 'NOT_FOUND' };
const unfit: ResponseError = { status: 422, code: 'VALIDATION_ERROR' };

/** Contract 3, and section 1 where it decides otherwise. */
const table = {
  UNAUTHENTICATED: unauthorized,
  CREDENTIAL_INVALID: unauthorized,
  SESSION_EXPIRED: unauthorized,
  SESSION_REVOKED: { status: 401, code: 'SESSION_REVOKED' },
  ACCOUNT_DELETED: { status: 401, code: 'ACCOUNT_DELETED' },
  ACCOUNT_SUSPENDED: { status: 403, code: 'ACCOUNT_SUSPENDED' },
  CSRF_INVALID: { status: 403, code: 'CSRF_INVALID' },
  CREDENTIAL_KIND_REFUSED: forbidden,
  FORBIDDEN: forbidden,
  SIGN_IN_FAILED: { ...unauthorized, message: 'Invalid email or password' },
  CURRENT_PASSWORD_WRONG: unauthorized,
  ACCOUNT_INACTIVE: forbidden,
  EMAIL_NOT_VERIFIED: forbidden,
  // Vague on purpose (7.3): the words do not say that there is such an account.
  EMAIL_TAKEN: { ...conflict, message: 'This e-mail address cannot be used.' },
  USER_NAME_TAKEN: conflict,
  EMAIL_PENDING_DELETION: { status: 409, code: 'EMAIL_PENDING_DELETION' },
  ACCOUNT_DELETION_PENDING: { status: 409, code: 'ACCOUNT_DELETION_PENDING' },
  ACCOUNT_DELETION_DUE: conflict,
  LAST_ADMINISTRATOR: forbidden,
  SOLE_ADMIN_OF_SHARED_LOCATIONS: { status: 409, code: 'SOLE_ADMIN_OF_SHARED_LOCATIONS' },
  REGISTRATION_CLOSED: forbidden,
  INVITATION_INVALID: notFound,
  SECRET_INVALID: unauthorized,
  SECRET_EXPIRED: unauthorized,
  CODE_INVALID: unauthorized,
  IDENTITY_TOKEN_INVALID: unauthorized,
  IDENTITY_PROVIDER_DISABLED: unfit,
  IDENTITY_PROVIDER_UNREACHABLE: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  IDENTITY_CONFLICT: conflict,
  IDENTITY_NOT_LINKED: notFound,
  LAST_SIGN_IN_METHOD: conflict,
  API_KEY_LIMIT_REACHED: unfit,
  TUNNEL_LIMIT_REACHED: unfit,
  SUBDOMAIN_TAKEN: conflict,
  VPN_LIMIT_REACHED: unfit,
  ORGANIZATION_SUSPENDED: forbidden,
  NODE_NOT_REDEPLOYABLE: conflict,
  SAVED_VIEW_LIMIT_REACHED: unfit,
  BIN_IN_TRASH: { status: 410, code: 'GONE' },
  ITEM_CHECKED_OUT: conflict,
  PIN_LIMIT_REACHED: unfit,
  SHORT_CODE_TAKEN: unfit,
  SELECTION_TOO_LARGE: { status: 422, code: 'SELECTION_TOO_LARGE' },
  RESPONSE_TOO_LARGE: unfit,
  TAG_CYCLE: { status: 422, code: 'PARENT_CYCLE' },
  // The one bad input that is no 422 (S2).
  LOCATION_REQUIRED: { status: 400, code: 'VALIDATION_ERROR', message: 'locationId is required' },
  ALREADY_MEMBER: conflict,
  LAST_LOCATION_ADMIN: unfit,
  NAME_TAKEN: conflict,
  NOT_FOUND: notFound,
  INVALID_INPUT: unfit,
  INVALID_BODY: unfit,
  INVALID_PARAMETER: unfit,
  BODY_TOO_LARGE: { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  UNSUPPORTED_MEDIA_TYPE: unfit,
  ROUTE_NOT_FOUND: notFound,
  // The contract knows no 405: a method that a path does not answer is as unknown as the path.
  METHOD_NOT_ALLOWED: notFound,
  RATE_LIMITED: { status: 429, code: 'RATE_LIMITED' },
  OVERLOADED: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  SERVICE_UNAVAILABLE: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  INTERNAL: { status: 500, code: 'INTERNAL_ERROR' },
} as const satisfies Record<ErrorCode, ResponseError>;

/** A sentence that names the first field that does not fit, as the contract wants. */
function sentence(message: string, error: DomainError): string {
  const [first] = error.details.issues ?? [];
  if (!first) return message;
  const path = error.code === 'INVALID_PARAMETER' ? first.path.slice(1) : first.path;
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return path.length > 0 ? `${place.replace(/^\./, '')} ${first.message}` : message;
}

/** Contract 3: `{error, message}`, with the facts that some codes add beside them. */
export const errors: ApiErrors = {
  table,
  body: (mapped, error) => ({
    error: mapped.code,
    message: sentence(mapped.message, error),
    ...error.details.data,
  }),
  bodySchema: z.looseObject({ error: z.string(), message: z.string() }),
};
