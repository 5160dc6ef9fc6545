import { catalogue, type ErrorCode } from './catalogue.ts';
import { codeOfDatabaseError } from './databaseErrors.ts';

/** In what way a value does not fit; APIs choose their own codes and texts by it. */
export type IssueRule =
  | 'required'
  | 'type'
  | 'format'
  | 'too_short'
  | 'too_long'
  | 'mismatch'
  | 'range'
  | 'unknown'
  | 'taken';

/** One value that does not fit. */
export interface Issue {
  /** Where it stands, in the graph's names, such as `['email']`; an API translates to external names. */
  readonly path: readonly (string | number)[];
  readonly rule: IssueRule;
  /** A sentence without the value itself. */
  readonly message: string;
}

/** What an error carries beside its code. */
export interface ErrorDetails {
  /** Replaces the catalogue's sentence; must be fit for the public. */
  readonly message?: string;
  /** In the order of the fields of the request. */
  readonly issues?: readonly Issue[];
  readonly retryAfterSeconds?: number;
  /** Facts that go with the error, fit for the public; APIs may show them beside code and message. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** For `METHOD_NOT_ALLOWED`: the methods that the path answers. */
  readonly allow?: readonly string[];
  /** For the log only. */
  readonly cause?: unknown;
}

/** The only error that domain code throws on purpose; everything else is masked as INTERNAL. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.message ?? catalogue[code].message, { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  /** Read by graphql-js: becomes `extensions` of the GraphQL error. */
  get extensions(): Record<string, unknown> {
    const { issues, retryAfterSeconds, data } = this.details;
    return {
      code: this.code,
      ...(issues && { issues }),
      ...(data && { data }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
  }
}

/**
 * The error for a thing that does not exist or that the caller may not see, in the same words for both:
 * `notFound('Bin')` says "Bin not found."
 */
export function notFound(thing: string): DomainError {
  return new DomainError('NOT_FOUND', { message: `${thing} not found.` });
}

/** The domain error behind whatever was thrown; INTERNAL, with the cause for the log, when there is none. */
export function toDomainError(thrown: unknown): DomainError {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; depth++) {
    if (error instanceof DomainError) return error;
    const code = codeOfDatabaseError(error);
    if (code)
      return new DomainError(code, {
        cause: thrown,
        ...(catalogue[code].status === 503 && { retryAfterSeconds: 1 }),
      });
    error = (error as { originalError?: unknown }).originalError ?? error.cause;
  }
  return new DomainError('INTERNAL', { cause: thrown });
}
