/** What an entry of the catalogue says about a code, whichever endpoint it leaves by. */
export interface ErrorEntry {
  /** The HTTP status that an API uses unless its contract says otherwise. */
  readonly status: number;
  /** One sentence for people; never holds a value from the request or from the database. */
  readonly message: string;
  /** True where the fault is the server's own; such errors are logged with their cause. */
  readonly internal?: true;
}

/**
 * Every error that a caller can meet. An API maps the common ones and those that its routes declare; docs/errors has a
 * page for each.
 */
export const catalogue = {
  UNAUTHENTICATED: { status: 401, message: 'Sign in, or send an API key.' },
  CREDENTIAL_INVALID: { status: 401, message: 'The API key or session is not valid.' },
  SESSION_EXPIRED: { status: 401, message: 'The session has expired; sign in again.' },
  SESSION_REVOKED: { status: 401, message: 'The session was ended; sign in again.' },
  ACCOUNT_DELETED: { status: 401, message: 'The account of this credential is deleted.' },
  ACCOUNT_SUSPENDED: { status: 403, message: 'The account of this credential is suspended.' },
  CSRF_INVALID: { status: 403, message: 'The CSRF token is missing or does not match.' },
  CREDENTIAL_KIND_REFUSED: { status: 403, message: 'This operation needs another kind of credential.' },
  FORBIDDEN: { status: 403, message: 'You may not do this.' },
  SIGN_IN_FAILED: { status: 401, message: 'Wrong sign-in name or password.' },
  CURRENT_PASSWORD_WRONG: { status: 403, message: 'The current password is wrong.' },
  ACCOUNT_INACTIVE: { status: 403, message: 'This account is not active.' },
  EMAIL_NOT_VERIFIED: { status: 403, message: 'Verify the e-mail address first.' },
  EMAIL_TAKEN: { status: 409, message: 'An account with this e-mail address exists already.' },
  USER_NAME_TAKEN: { status: 409, message: 'This user name is taken.' },
  EMAIL_PENDING_DELETION: { status: 409, message: 'The account with this address waits for its deletion.' },
  ACCOUNT_DELETION_PENDING: {
    status: 409,
    message: 'This account waits for its deletion; it can be recovered.',
  },
  ACCOUNT_DELETION_DUE: {
    status: 409,
    message: 'The grace period is over; this account cannot be recovered.',
  },
  LAST_ADMINISTRATOR: { status: 403, message: 'The last administrator of the server cannot go.' },
  SOLE_ADMIN_OF_SHARED_LOCATIONS: {
    status: 409,
    message: 'Others belong to locations of which this account is the only administrator.',
  },
  REGISTRATION_CLOSED: { status: 403, message: 'This server does not accept registrations.' },
  INVITATION_INVALID: { status: 403, message: 'Registration needs a valid invitation.' },
  SECRET_INVALID: { status: 404, message: 'This link or code is unknown or was already used.' },
  SECRET_EXPIRED: { status: 410, message: 'This link or code has expired.' },
  CODE_INVALID: { status: 400, message: 'The code is wrong, was already used, or has expired.' },
  IDENTITY_TOKEN_INVALID: { status: 401, message: 'The identity provider’s credential is not valid.' },
  IDENTITY_PROVIDER_DISABLED: {
    status: 503,
    message: 'This server does not offer sign-in with that provider.',
  },
  IDENTITY_PROVIDER_UNREACHABLE: {
    status: 503,
    message: 'The identity provider’s keys cannot be fetched; try again shortly.',
  },
  IDENTITY_CONFLICT: { status: 409, message: 'The account with this address is linked to another identity.' },
  IDENTITY_NEEDS_PASSWORD: {
    status: 409,
    message:
      'An account with this address exists. Sign in with its password, then link the identity in the account.',
  },
  IDENTITY_NOT_LINKED: { status: 409, message: 'The account is not linked to that provider.' },
  LAST_SIGN_IN_METHOD: { status: 409, message: 'This is the only way to sign in; set a password first.' },
  API_KEY_LIMIT_REACHED: { status: 403, message: 'Your plan allows no more active API keys.' },
  TUNNEL_LIMIT_REACHED: { status: 403, message: 'Your plan allows no more tunnels.' },
  SUBDOMAIN_TAKEN: { status: 409, message: 'This subdomain is taken.' },
  ORGANIZATION_SUSPENDED: { status: 403, message: 'The organization is suspended; make it active first.' },
  VPN_LIMIT_REACHED: { status: 403, message: 'There are as many of these as one owner can have.' },
  NODE_NOT_REDEPLOYABLE: { status: 409, message: 'In its present status the node cannot be redeployed.' },
  SAVED_VIEW_LIMIT_REACHED: { status: 403, message: 'There are as many saved views as are allowed.' },
  BIN_IN_TRASH: { status: 410, message: 'The bin is in the trash.' },
  ITEM_CHECKED_OUT: { status: 409, message: 'The item is checked out already.' },
  PIN_LIMIT_REACHED: { status: 403, message: 'There are as many pins in this location as are allowed.' },
  SHORT_CODE_TAKEN: {
    status: 409,
    message: 'Another bin of the location has this code, maybe one in the trash.',
  },
  SELECTION_TOO_LARGE: { status: 400, message: 'Too many at once.' },
  RESPONSE_TOO_LARGE: { status: 400, message: 'The answer would be too large; ask for less at once.' },
  TAG_CYCLE: { status: 400, message: 'The tags would be above one another in a circle.' },
  LOCATION_REQUIRED: { status: 400, message: 'Say in which location.' },
  ALREADY_MEMBER: { status: 409, message: 'You belong to this location already.' },
  LAST_LOCATION_ADMIN: { status: 409, message: 'A location needs an administrator.' },
  NAME_TAKEN: { status: 409, message: 'This name is taken.' },
  NOT_FOUND: { status: 404, message: 'There is no such thing here.' },
  INVALID_INPUT: { status: 400, message: 'Some of what was sent is not acceptable.' },
  INVALID_BODY: { status: 400, message: 'The request body is not the JSON that this operation takes.' },
  INVALID_PARAMETER: { status: 400, message: 'A path, query or header value is not acceptable.' },
  BODY_TOO_LARGE: { status: 413, message: 'The request body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'This encoding of the request body is not supported.' },
  ROUTE_NOT_FOUND: { status: 404, message: 'There is no such path.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This path does not answer that method.' },
  RATE_LIMITED: { status: 429, message: 'Too many requests; wait before the next one.' },
  OVERLOADED: { status: 503, message: 'The server is busy; try again shortly.' },
  SERVICE_UNAVAILABLE: {
    status: 503,
    message: 'The database cannot be reached at the moment; try again shortly.',
  },
  INTERNAL: { status: 500, message: 'Something went wrong on the server.', internal: true },
} as const satisfies Record<string, ErrorEntry>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof catalogue;
