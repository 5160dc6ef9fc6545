import { z } from 'zod';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { type ApiErrors, describeError, type ResponseError } from '../../engine/errors.ts';

const unauthorized: ResponseError = { status: 401, code: 'UNAUTHORIZED' };
const signInFailed: ResponseError = { ...unauthorized, message: 'Invalid email or password' };
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
  SIGN_IN_FAILED: signInFailed,
  // The sign-in of a suspended account fails as one with a wrong password does (additions, I).
  ACCOUNT_INACTIVE: signInFailed,
  CURRENT_PASSWORD_WRONG: unauthorized,
  // Vague on purpose (7.3): the words do not say that there is such an account.
  EMAIL_TAKEN: { ...conflict, message: 'This e-mail address cannot be used.' },
  EMAIL_PENDING_DELETION: { status: 409, code: 'EMAIL_PENDING_DELETION' },
  ACCOUNT_DELETION_PENDING: { status: 409, code: 'ACCOUNT_DELETION_PENDING' },
  ACCOUNT_DELETION_DUE: conflict,
  LAST_ADMINISTRATOR: forbidden,
  SOLE_ADMIN_OF_SHARED_LOCATIONS: { status: 409, code: 'SOLE_ADMIN_OF_SHARED_LOCATIONS' },
  REGISTRATION_CLOSED: forbidden,
  INVITATION_INVALID: notFound,
  SECRET_INVALID: unauthorized,
  SECRET_EXPIRED: unauthorized,
  API_KEY_LIMIT_REACHED: unfit,
  SAVED_VIEW_LIMIT_REACHED: unfit,
  BIN_IN_TRASH: { status: 410, code: 'GONE' },
  ITEM_CHECKED_OUT: conflict,
  PIN_LIMIT_REACHED: unfit,
  SHORT_CODE_TAKEN: unfit,
  SELECTION_TOO_LARGE: { status: 422, code: 'SELECTION_TOO_LARGE' },
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
} as const satisfies Partial<Record<ErrorCode, ResponseError>>;

/** Contract 3: `{error, message}`, with the facts that some codes add beside them. */
export const errors: ApiErrors<typeof table> = {
  table,
  body: (mapped, error) => ({
    error: mapped.code,
    message: describeError(error, mapped.message),
    ...error.details.data,
  }),
  bodySchema: z.looseObject({ error: z.string(), message: z.string() }),
};
