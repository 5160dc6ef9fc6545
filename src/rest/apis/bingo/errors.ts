import { z } from 'zod';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { type ApiErrors, describeError, type ResponseError } from '../../engine/errors.ts';

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
  CREDENTIAL_KIND_REFUSED: forbidden,
  EMAIL_NOT_VERIFIED: forbidden,
  FORBIDDEN: forbidden,
  ORGANIZATION_SUSPENDED: forbidden,
  VPN_LIMIT_REACHED: forbidden,
  NODE_NOT_REDEPLOYABLE: badRequest,
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
} as const satisfies Partial<Record<ErrorCode, ResponseError>>;

/** "Every JSON body is …". */
export const errors: ApiErrors<typeof table> = {
  table,
  body: ({ status, message }, error) => ({
    success: false,
    data: null,
    error: { code: status, message: describeError(error, message, ': ', (index) => `.${index}`) },
  }),
  bodySchema: z.strictObject({
    success: z.literal(false),
    data: z.null(),
    error: z.strictObject({ code: z.int(), message: z.string() }),
  }),
  headers: ({ status }): Record<string, string> => (status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
};
