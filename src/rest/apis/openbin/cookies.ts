import { graphql, type ResultOf } from '../../../graph/core/documents.ts';
import type { ApiCsrf } from '../../engine/api.ts';
import type { CookieChange } from '../../engine/cookies.ts';
import { issueCsrf } from '../../engine/csrf.ts';

const weekSeconds = 7 * 24 * 3600;

export const accessCookie = 'openbin-access';
export const refreshCookie = 'openbin-refresh';

/** Contract 4.4. */
export const csrf: ApiCsrf = {
  cookie: 'openbin-csrf',
  header: 'X-CSRF-Token',
  maxAgeSeconds: weekSeconds,
  guardedCookies: [accessCookie, refreshCookie],
  exempts: (path) => path.startsWith('/api/auth/oauth/'),
};

const access = { name: accessCookie, path: '/', maxAgeSeconds: 900, httpOnly: true };
const refresh = {
  name: refreshCookie,
  path: '/api/auth/refresh',
  maxAgeSeconds: weekSeconds,
  httpOnly: true,
};

/** What a sign-in answers that goes into cookies. */
export const CookieFields = graphql(`
  fragment OpenbinCookies on NewSession @_unmask {
    accessToken
    refreshToken
  }
`);

/** The three cookies of a sign-in, all of them new (4.2). */
export function sessionCookies(signIn: ResultOf<typeof CookieFields>): readonly CookieChange[] {
  return [
    { ...access, value: signIn.accessToken },
    { ...refresh, value: signIn.refreshToken },
    issueCsrf(csrf),
  ];
}

/** All three taken away. */
export const noCookies: readonly CookieChange[] = [
  { ...access, value: null },
  { ...refresh, value: null },
  { name: csrf.cookie, path: '/', maxAgeSeconds: 0, httpOnly: false, value: null },
];
