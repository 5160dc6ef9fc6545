import { z } from 'zod';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import type { DomainError } from '../../../errors/domainError.ts';
import type { ApiErrors, ResponseError } from '../../engine/api.ts';

const unusedHere: ResponseError = { status: 400 };
const badRequest: ResponseError = { status: 400 };
const unauthorized: ResponseError = { status: 401 };
const forbidden: ResponseError = { status: 403 };
const notFound: ResponseError = { status: 404 };
const tooMany: ResponseError = { status: 429 };

/**
 * "Common rules": the statuses 400, 401, 403, 404, 429 and 500 are all there are. What others answer
 * with 405, 409, 413, 415, 422 or 503 is the nearest of them here. The one exception is a database that cannot be
 * reached: proxies and agents retry a 503, whereas 429 would blame the caller and 500 report a fault.
 */
const table = {
  UNAUTHENTICATED: unauthorized,
  CREDENTIAL_INVALID: unauthorized,
  SESSION_EXPIRED: unauthorized,
  SESSION_REVOKED: unauthorized,
  ACCOUNT_DELETED: unauthorized,
  ACCOUNT_SUSPENDED: unauthorized,
  CSRF_INVALID: forbidden,
  CREDENTIAL_KIND_REFUSED: forbidden,
  FORBIDDEN: forbidden,
  SIGN_IN_FAILED: unusedHere,
  CURRENT_PASSWORD_WRONG: unusedHere,
  ACCOUNT_INACTIVE: forbidden,
  EMAIL_NOT_VERIFIED: forbidden,
  EMAIL_TAKEN: unusedHere,
  USER_NAME_TAKEN: unusedHere,
  EMAIL_PENDING_DELETION: unusedHere,
  ACCOUNT_DELETION_PENDING: forbidden,
  ACCOUNT_DELETION_DUE: unusedHere,
  LAST_ADMINISTRATOR: unusedHere,
  SOLE_ADMIN_OF_SHARED_LOCATIONS: unusedHere,
  REGISTRATION_CLOSED: unusedHere,
  INVITATION_INVALID: unusedHere,
  SECRET_INVALID: unusedHere,
  SECRET_EXPIRED: unusedHere,
  CODE_INVALID: unusedHere,
  IDENTITY_TOKEN_INVALID: unusedHere,
  IDENTITY_PROVIDER_DISABLED: unusedHere,
  IDENTITY_PROVIDER_UNREACHABLE: unusedHere,
  IDENTITY_CONFLICT: unusedHere,
  IDENTITY_NOT_LINKED: unusedHere,
  LAST_SIGN_IN_METHOD: unusedHere,
  API_KEY_LIMIT_REACHED: unusedHere,
  TUNNEL_LIMIT_REACHED: unusedHere,
  SUBDOMAIN_TAKEN: unusedHere,
  ORGANIZATION_SUSPENDED: forbidden,
  VPN_LIMIT_REACHED: forbidden,
  NODE_NOT_REDEPLOYABLE: badRequest,
  SAVED_VIEW_LIMIT_REACHED: unusedHere,
  BIN_IN_TRASH: unusedHere,
  ITEM_CHECKED_OUT: unusedHere,
  PIN_LIMIT_REACHED: unusedHere,
  SHORT_CODE_TAKEN: unusedHere,
  SELECTION_TOO_LARGE: unusedHere,
  RESPONSE_TOO_LARGE: unusedHere,
  TAG_CYCLE: unusedHere,
  LOCATION_REQUIRED: unusedHere,
  ALREADY_MEMBER: unusedHere,
  LAST_LOCATION_ADMIN: unusedHere,
  NAME_TAKEN: unusedHere,
  NOT_FOUND: notFound,
  INVALID_INPUT: badRequest,
  INVALID_BODY: badRequest,
  INVALID_PARAMETER: badRequest,
  BODY_TOO_LARGE: badRequest,
  UNSUPPORTED_MEDIA_TYPE: badRequest,
  ROUTE_NOT_FOUND: notFound,
  METHOD_NOT_ALLOWED: notFound,
  RATE_LIMITED: tooMany,
  OVERLOADED: tooMany,
  SERVICE_UNAVAILABLE: { status: 503 },
  INTERNAL: { status: 500 },
} as const satisfies Record<ErrorCode, ResponseError>;

/** `<field>: <message>` for the first field that does not fit, a plain sentence for anything else. */
function sentence(message: string, { code, details }: DomainError): string {
  const [first] = details.issues ?? [];
  if (!first) return message;
  const path = code === 'INVALID_PARAMETER' ? first.path.slice(1) : first.path;
  if (path.length > 0) return `${path.join('.')}: ${first.message}`;
  // Of the body as a whole: only our own rule has a sentence, the others speak of types.
  return first.rule === 'format' ? first.message : message;
}

/** "Every JSON body is …". */
export const errors: ApiErrors = {
  table,
  body: ({ status, message }, error) => ({
    success: false,
    data: null,
    error: { code: status, message: sentence(message, error) },
  }),
  bodySchema: z.strictObject({
    success: z.literal(false),
    data: z.null(),
    error: z.strictObject({ code: z.int(), message: z.string() }),
  }),
  headers: ({ status }): Record<string, string> => (status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
};
