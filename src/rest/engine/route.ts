import type { ZodType } from 'zod';
import type { ErrorCode } from '../../errors/catalogue.ts';
import type { TadaDocumentNode } from '../../graph/core/documents.ts';
import type { CredentialKind } from '../../pipeline/credentials.ts';
import type { CookieChange } from './cookies.ts';
import type { ResponseError } from './errors.ts';

/** The methods that routes answer; HEAD is answered wherever GET is. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a request was bound to. */
export interface Bound<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The request's cookies by name. */
  readonly cookies: Readonly<Record<string, string>>;
  /** The text of the credential that the request carries, valid or not; for routes that end sessions. */
  readonly credential: string | undefined;
}

/** Where a call came in, for answers that hold links. */
export interface Place {
  /** Scheme, host and port that were asked. */
  readonly origin: string;
  /** What preceded the documented path, such as `/binboi`; empty on an API's own host and at the root. */
  readonly base: string;
  /** The documented path as it was called, still percent-encoded. */
  readonly path: string;
  /** The query string, without its question mark. */
  readonly query: string;
}

/** What a document answers without an error: a root field is null only beside one, which the engine throws. */
export type Answered<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };

/** The answer to a call that succeeded. */
export interface Success<Data, Out> {
  readonly status: number;
  /** Another status with the same body, for calls that succeeded in another way, such as by finding nothing to do. */
  readonly alternative?: { readonly status: number; readonly when: (data: Answered<Data>) => boolean };
  /** The cookies that the answer sets or clears. */
  readonly cookies?: (data: Answered<Data>) => readonly CookieChange[];
  /** Missing for an answer without content. */
  readonly body?: {
    readonly schema: ZodType<Out>;
    /** From the graph's answer to the documented shape; pure. */
    readonly map: (data: Answered<Data>, place: Place) => Out;
  };
}

/** A documented operation. */
export interface RouteDefinition<Params, Query, Body, Data, Variables, Out, Code extends ErrorCode> {
  readonly method: Method;
  /** As documented, with `:name` for what varies. */
  readonly path: string;
  /** The section of the contract that it keeps. */
  readonly contract: string;
  readonly summary: string;
  readonly tag: string;
  /** `public` ignores credentials; `required` refuses a call without a valid one before anything else. */
  readonly access: 'public' | 'required';
  /** The kinds of credential that it takes, all of them unless given; a valid one of another kind gets CREDENTIAL_KIND_REFUSED. */
  readonly credentials?: readonly CredentialKind[];
  readonly params?: ZodType<Params>;
  readonly query?: ZodType<Query>;
  readonly body?: ZodType<Body>;
  readonly document: TadaDocumentNode<Data, Variables>;
  readonly variables: (bound: Bound<Params, Query, Body>) => Variables;
  readonly success: Success<Data, Out>;
  /** External names of the graph's fields where the API's own rule does not tell them, such as `{ userName: 'username' }`. */
  readonly externalNames?: Readonly<Record<string, string>>;
  /** The cookies that the answer to one of its own `errors` sets or clears. */
  readonly errorCookies?: readonly CookieChange[];
  /** The errors of its own, beside those that every route of its kind has. */
  readonly errors: readonly Code[];
  /** Where this route shows an error in another way than its API does. */
  readonly errorMapping?: Partial<Readonly<Record<ErrorCode, ResponseError>>>;
}

/** A route with its types worn off, as the engine keeps it; only the codes that it declares remain. */
export type Route<Code extends ErrorCode = ErrorCode> = RouteDefinition<
  unknown,
  unknown,
  unknown,
  unknown,
  Record<string, unknown>,
  unknown,
  Code
>;

/** Declares a route; what binds, the document and the mapping are checked against one another. */
export function route<
  Data,
  Variables,
  Out,
  Params = unknown,
  Query = unknown,
  Body = unknown,
  Code extends ErrorCode = never,
>(definition: RouteDefinition<Params, Query, Body, Data, Variables, Out, Code>): Route<Code> {
  return definition as unknown as Route<Code>;
}
