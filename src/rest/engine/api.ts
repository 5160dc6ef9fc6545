import type { IncomingHttpHeaders } from 'node:http';
import type { ZodType } from 'zod';
import type { ApiName, Config } from '../../config/config.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import type { DomainError } from '../../errors/domainError.ts';
import type { Caller, Credential } from '../../graph/core/context.ts';
import type { LimitState } from '../../platform/limiter/limiters.ts';
import type { Route } from './route.ts';

/** What a caller sees of an error: a status and, where the envelope has one, a code. */
export interface ResponseError {
  readonly status: number;
  readonly code?: string;
  /** Replaces the catalogue's sentence where a contract fixes the words. */
  readonly message?: string;
  /** Replaces the envelope where a contract has another body for this one. */
  readonly body?: (message: string) => unknown;
}

/** How an API shows errors. */
export interface ApiErrors {
  /** One entry for every code of the catalogue: a new code does not compile until each API says what it shows. */
  readonly table: Readonly<Record<ErrorCode, ResponseError>>;
  /** A finer choice by what the error carries, such as the field that did not fit; undefined leaves it to the table. */
  readonly override?: (error: DomainError) => ResponseError | undefined;
  /** The body of an error. Issue paths in `INVALID_INPUT` are translated to external names before it is called. */
  readonly body: (
    mapped: Required<Pick<ResponseError, 'status' | 'message'>> & ResponseError,
    error: DomainError,
  ) => unknown;
  readonly bodySchema: ZodType;
  /** Headers beside the body, such as `WWW-Authenticate`. */
  readonly headers?: (mapped: ResponseError, error: DomainError) => Record<string, string>;
}

/** What a caller over the network signs in with. */
export type CredentialKind = Exclude<Credential['kind'], 'OPERATOR'>;

/** Finds a credential's text in a request; undefined when it is not there. */
export interface CredentialReader {
  readonly read: (headers: IncomingHttpHeaders) => string | undefined;
  /** What it may carry, any kind unless given; another kind in this place is no valid credential. */
  readonly kinds?: readonly CredentialKind[];
  /** True where browsers add it by themselves, to requests that other sites make, too. */
  readonly ambient?: true;
  /** How OpenAPI describes it, by the name of the scheme. */
  readonly scheme: { readonly name: string; readonly definition: Readonly<Record<string, string>> };
}

/** "At most so many requests a window", for the routes it applies to. */
export interface LimitRule {
  /** Rules of one name share their counts. */
  readonly name: string;
  readonly points: number;
  readonly windowSeconds: number;
  /** What is counted: each credential by itself (the address for a caller without one) unless given, or each address. */
  readonly by?: 'credential' | 'address';
  /** `caller` is null for a request without a valid credential. */
  readonly appliesTo: (route: Pick<Route, 'method' | 'path'>, caller: Caller | null) => boolean;
}

/** The double submit of an API whose credentials come in cookies. */
export interface ApiCsrf {
  /** The cookie that scripts of the own page read, and the header that they copy it to. */
  readonly cookie: string;
  readonly header: string;
  readonly maxAgeSeconds: number;
  /** A request with none of these cookies has nothing that another site could misuse. */
  readonly guardedCookies: readonly string[];
  /** Paths that other sites may call by design, such as where an identity provider sends its users back to. */
  readonly exempts?: (path: string) => boolean;
}

/** An API's limits. All rules that apply to a call count it; the headers tell of the one with the least left. */
export interface ApiLimits {
  readonly rules: readonly LimitRule[];
  /** The routes that no rule counts, such as `GET /health`, because the contract says so. */
  readonly unlimited?: readonly string[];
  /** The name of the rule that counts calls to paths and methods that are not there; missing: they are not counted. */
  readonly unknownCountsAs?: string;
  /** How many requests of one valid credential may be under way at once, until their answers are out; missing: any number. */
  readonly maxInFlight?: number;
  readonly headers: (state: LimitState, rule: LimitRule) => Record<string, string>;
}

/** One documented REST API, as data. */
export interface Api {
  readonly name: ApiName;
  readonly title: string;
  readonly description: string;
  /** The paths that are its own at the root of the server, such as `/api/v1`; unknown paths below them get its envelope. */
  readonly bases: readonly string[];
  readonly credentials: readonly CredentialReader[];
  readonly errors: ApiErrors;
  readonly limits: ApiLimits;
  /** The external name of a field of the graph, such as `confirm_password`. */
  readonly externalName: (field: string) => string;
  readonly routes: readonly Route[];
  readonly csrf?: ApiCsrf;
  /** Headers of every answer; null takes one away that the server would set. */
  readonly headers?: (config: Config) => Readonly<Record<string, string | null>>;
  /** The one origin whose pages may call with cookies. */
  readonly corsOrigin?: (config: Config) => string;
  /** Reads carry an ETag, and are answered by 304 to a client that has them. */
  readonly etag?: true;
  /** Bodies from 1 KB on are packed for clients that accept it. */
  readonly gzip?: true;
  /** What is not there below `bases` is told only to callers who are signed in; others get UNAUTHENTICATED. */
  readonly hidesUnknownPaths?: true;
}
