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
