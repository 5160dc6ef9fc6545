import type { ApiName, Config } from '../../config/config.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import type { KeyRight } from '../../graph/core/context.ts';
import type { EntryPoint } from '../../pipeline/admit.ts';
import type { ApiErrors, ErrorTable } from './errors.ts';
import type { Route } from './route.ts';

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

/** One documented REST API, as data. */
export interface Api extends EntryPoint {
  readonly name: ApiName;
  readonly title: string;
  readonly description: string;
  /** The paths that are its own at the root of the server, such as `/api/v1`; unknown paths below them get its envelope. */
  readonly bases: readonly string[];
  readonly errors: ApiErrors;
  /** The external name of a field of the graph, such as `confirm_password`. */
  readonly externalName: (field: string) => string;
  readonly routes: readonly Route[];
  readonly csrf?: ApiCsrf;
  /** Headers of every answer; null takes one away that the server would set. */
  readonly headers?: (config: Config) => Readonly<Record<string, string | null>>;
  /** The one origin whose pages may call with cookies. */
  readonly corsOrigin?: (config: Config) => string;
  /** The sender of mails that its calls cause, where its contract names one. */
  readonly mailFrom?: string;
  /** Routes that need a credential are closed to accounts whose address was never proven, and so is its sign-in. */
  readonly requiresProvenAddress?: true;
  /** What its contract opens to API keys that the graph keeps for sessions. */
  readonly keyRights?: readonly KeyRight[];
  /** Its contract has a rule for the length of passwords only, so that common ones are taken. */
  readonly takesCommonPasswords?: true;
  /** Reads carry an ETag, and are answered by 304 to a client that has them. */
  readonly etag?: true;
  /** Bodies from 1 KB on are packed for clients that accept it. */
  readonly gzip?: true;
  /** Unknown paths below `bases` are reported only to callers who are signed in; others get UNAUTHENTICATED. */
  readonly hidesUnknownPaths?: true;
}

/** The codes that an API of this shape has to map beside the common ones. */
type Mapped<Code extends ErrorCode, Csrf, Proven> =
  | Code
  | (undefined extends Csrf ? never : 'CSRF_INVALID')
  | (undefined extends Proven ? never : 'EMAIL_NOT_VERIFIED');

/** Declares an API. A table that misses a code which a route declares does not compile. */
export function defineApi<
  Code extends ErrorCode,
  Csrf extends ApiCsrf | undefined = undefined,
  Proven extends true | undefined = undefined,
>(
  api: Omit<Api, 'routes' | 'errors' | 'csrf' | 'requiresProvenAddress'> & {
    readonly routes: readonly Route<Code>[];
    readonly errors: ApiErrors<ErrorTable<NoInfer<Mapped<Code, Csrf, Proven>>>>;
    readonly csrf?: Csrf;
    readonly requiresProvenAddress?: Proven;
  },
): Api {
  return api as unknown as Api;
}
