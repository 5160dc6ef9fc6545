import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '../../errors/domainError.ts';
import { readCookies } from '../../pipeline/credentials.ts';
import { constantTimeEqualHex, randomHex, sha256Hex } from '../../platform/secrets/tokens.ts';
import type { Api, ApiCsrf } from './api.ts';
import type { CookieChange } from './cookies.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A new value for the CSRF cookie: 32 random bytes as 64 hexadecimal characters. */
export function issueCsrf({ cookie, maxAgeSeconds }: ApiCsrf): CookieChange {
  // Scripts must read it: that they can is what tells the own page from another site's.
  return { name: cookie, value: randomHex(32), path: '/', maxAgeSeconds, httpOnly: false };
}

/** What the double submit says to a request. */
export interface CsrfResult {
  /** CSRF_INVALID for a request that another site may have caused; to be thrown once the request is counted. */
  readonly rejection?: DomainError;
  /** What to set: a page that has a session but lost its token gets a new one with any read. */
  readonly cookies: readonly CookieChange[];
}

const passed: CsrfResult = { cookies: [] };

/**
 * The double submit: what a browser sends by itself counts only when the page also copied the
 * cookie into the header, which no other site's page can.
 */
export function checkCsrf(
  api: Pick<Api, 'csrf' | 'credentials'>,
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
): CsrfResult {
  const { csrf, credentials } = api;
  if (!csrf || csrf.exempts?.(path)) return passed;
  const cookies = readCookies(headers);
  if (!csrf.guardedCookies.some((name) => cookies[name])) return passed;
  const token = cookies[csrf.cookie];
  if (safeMethods.has(method)) return token ? passed : { cookies: [issueCsrf(csrf)] };
  // Another site's page cannot make a browser send such a header.
  if (credentials.some(({ ambient, read }) => !ambient && read(headers))) return passed;
  const header = headers[csrf.header.toLowerCase()];
  // Hashed, so that the comparison takes as long whatever the lengths are.
  const equal =
    typeof header === 'string' && !!token && constantTimeEqualHex(sha256Hex(header), sha256Hex(token));
  return equal ? passed : { cookies: [], rejection: new DomainError('CSRF_INVALID') };
}
