import type { ZodType } from 'zod';
import type { ErrorCode } from '../../errors/catalogue.ts';
import type { DomainError, Issue } from '../../errors/domainError.ts';

/** What a caller sees of an error: a status and, where the envelope has one, a code. */
export interface ResponseError {
  readonly status: number;
  readonly code?: string;
  /** A finer code by the first value that does not fit; undefined leaves it at `code`. */
  readonly byIssue?: (issue: Issue) => string | undefined;
  /** Replaces the error's own sentence where a contract fixes the words. */
  readonly message?: string;
  /** Replaces the envelope where a contract has another body for this one. */
  readonly body?: (message: string) => unknown;
}

/**
 * The codes that no route has to declare, because the pipeline, the engine or the database may end any request with
 * them. `NOT_FOUND` is among them for the row that another request deletes meanwhile, `INVALID_INPUT` for the value
 * that does not fit the type of its variable.
 */
export const commonCodes = [
  'UNAUTHENTICATED',
  'CREDENTIAL_INVALID',
  'SESSION_EXPIRED',
  'SESSION_REVOKED',
  'ACCOUNT_DELETED',
  'ACCOUNT_SUSPENDED',
  'CREDENTIAL_KIND_REFUSED',
  'NOT_FOUND',
  'INVALID_INPUT',
  'INVALID_BODY',
  'INVALID_PARAMETER',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'RATE_LIMITED',
  'OVERLOADED',
  'SERVICE_UNAVAILABLE',
  'INTERNAL',
] as const satisfies readonly ErrorCode[];

/** A code that every API maps. */
export type CommonCode = (typeof commonCodes)[number];

/** How an API maps errors: the common codes and those that its routes declare. */
export type ErrorTable<Declared extends ErrorCode = never> = Readonly<
  Record<CommonCode | Declared, ResponseError>
>;

/** How an API shows errors. */
export interface ApiErrors<Table = ErrorTable & Partial<Record<ErrorCode, ResponseError>>> {
  readonly table: Table;
  /** The body of an error. Issue paths in `INVALID_INPUT` are translated to external names before it is called. */
  readonly body: (
    mapped: Required<Pick<ResponseError, 'status' | 'message'>> & ResponseError,
    error: DomainError,
  ) => unknown;
  readonly bodySchema: ZodType;
  /** Headers beside the body, such as `WWW-Authenticate`. */
  readonly headers?: (mapped: ResponseError, error: DomainError) => Record<string, string>;
}

/**
 * The sentence about the first value that does not fit, with its external name, such as `items[0].name is required`;
 * `message` for an error about no value. `separator` stands between name and sentence, `writeIndex` writes a list's index.
 */
export function describeError(
  { code, details }: DomainError,
  message: string,
  separator = ' ',
  writeIndex: (index: number) => string = (index) => `[${index}]`,
): string {
  const [first] = details.issues ?? [];
  if (!first) return message;
  // Paths of parameters begin with their place, such as `query`.
  const path = code === 'INVALID_PARAMETER' ? first.path.slice(1) : first.path;
  const name = path.map((part) => (typeof part === 'number' ? writeIndex(part) : `.${part}`)).join('');
  if (name !== '') return `${name.replace(/^\./, '')}${separator}${first.message}`;
  // About the body as a whole: only a rule of our own has a sentence, the others describe types.
  return first.rule === 'format' ? first.message : message;
}
