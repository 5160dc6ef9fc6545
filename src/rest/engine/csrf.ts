import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '../../errors/domainError.ts';
import { constantTimeEqualHex, randomHex, sha256Hex } from '../../platform/secrets/tokens.ts';
import { type CookieChange, readCookies } from './cookies.ts';
import type { Surface, SurfaceCsrf } from './surface.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A new value for the CSRF cookie: 32 random bytes as 64 hexadecimal characters. */
export function issueCsrf({ cookie, maxAgeSeconds }: SurfaceCsrf): CookieChange {
  // Scripts must read it: that they can is what tells the own page from another site's.
  return { name: cookie, value: randomHex(32), path: '/', maxAgeSeconds, httpOnly: false };
}

/**
 * The double submit: what a browser sends by itself counts only when the page also copied the
 * cookie into the header, which no other site's page can. Throws CSRF_INVALID. Answers the cookies
 * to set: a page that has a session but lost its token gets a new one with any read.
 */
export function checkCsrf(
  surface: Pick<Surface, 'csrf' | 'credentials'>,
  method: string,
  headers: IncomingHttpHeaders,
): readonly CookieChange[] {
  const { csrf, credentials } = surface;
  if (!csrf) return [];
  const cookies = readCookies(headers);
  if (!csrf.guardedCookies.some((name) => cookies[name])) return [];
  const token = cookies[csrf.cookie];
  if (safeMethods.has(method)) return token ? [] : [issueCsrf(csrf)];
  // Another site's page cannot make a browser send such a header.
  if (credentials.some(({ ambient, read }) => !ambient && read(headers))) return [];
  const header = headers[csrf.header.toLowerCase()];
  // Hashed, so that the comparison takes as long whatever the lengths are.
  const equal =
    typeof header === 'string' && !!token && constantTimeEqualHex(sha256Hex(header), sha256Hex(token));
  if (!equal) throw new DomainError('CSRF_INVALID');
  return [];
}
