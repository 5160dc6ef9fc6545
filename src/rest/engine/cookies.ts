import type { IncomingHttpHeaders } from 'node:http';
import type { CredentialReader } from './api.ts';

/** A cookie that an answer sets, or clears when its value is null. */
export interface CookieChange {
  readonly name: string;
  readonly value: string | null;
  /** As documented; the place where the API was called precedes it. */
  readonly path: string;
  readonly maxAgeSeconds: number;
  /** Out of reach of scripts; false for what a page must read. */
  readonly httpOnly: boolean;
}

/** The cookies of a request by name. Of two with one name the first counts: browsers put the longer path in front. */
export function readCookies(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  for (const pair of headers.cookie?.split(';') ?? []) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !(name in found)) found[name] = pair.slice(at + 1).trim();
  }
  return found;
}

/**
 * A `Set-Cookie` header's value. `base` is what preceded the documented path of the call, so that a
 * cookie made below `/openbin` goes to nobody else on this host.
 */
export function writeCookie(change: CookieChange, base: string, secure: boolean): string {
  const path = change.path === '/' ? base || '/' : base + change.path;
  const life =
    change.value === null
      ? 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'
      : `Max-Age=${change.maxAgeSeconds}; Expires=${new Date(Date.now() + change.maxAgeSeconds * 1000).toUTCString()}`;
  return [
    `${change.name}=${change.value ?? ''}`,
    `Path=${path}`,
    life,
    ...(change.httpOnly ? ['HttpOnly'] : []),
    ...(secure ? ['Secure'] : []),
    'SameSite=Lax',
  ].join('; ');
}

/** A session in a cookie; what else stands there is no valid credential. Browsers add it to requests that other sites make, so the API needs `csrf`. */
export function credentialCookie(name: string): CredentialReader {
  return {
    read: (headers) => readCookies(headers)[name] || undefined,
    ambient: true,
    kinds: ['SESSION'],
    scheme: { name, definition: { type: 'apiKey', in: 'cookie', name } },
  };
}
