import type { Caller } from '../../../graph/core/context.ts';
import { maxActiveKeys } from '../../../graph/identity/plan/limits.ts';
import { type LimitRule, type RequestLimits, withAccounts } from '../../../pipeline/limits.ts';

type AppliesTo = LimitRule['appliesTo'];

const byKey = (caller: Caller | null): boolean => caller?.credential.kind === 'API_KEY';

const minute = 60;
const auth = ['POST /api/auth/login'];
const register = ['POST /api/auth/register'];
const join = ['GET /api/auth/invite-preview', 'POST /api/locations/join'];
const sensitive = [
  'PUT /api/auth/password',
  'DELETE /api/auth/account',
  'POST /api/auth/forgot-password',
  'POST /api/auth/reset-password',
  'POST /api/auth/recover-deletion',
  'POST /api/bins/:id/change-code',
];
const batch = ['POST /api/batch'];
const unlimited = ['GET /api/health'];
const special = new Set([...auth, ...register, ...join, ...sensitive, ...batch, ...unlimited]);

/** For people, that is, for calls without an API key. */
function only(routes: readonly string[]): AppliesTo {
  const own = new Set(routes);
  return ({ method, path }, caller) => own.has(`${method} ${path}`) && !byKey(caller);
}

/** Of each key, and of all keys of an account together. */
const keyRules: readonly LimitRule[] = [
  {
    name: 'batch-api-key',
    points: 600,
    windowSeconds: 60 * minute,
    appliesTo: ({ method, path }, caller) => byKey(caller) && batch.includes(`${method} ${path}`),
  },
  {
    // The contract exempts keys from the limits for people; this one only stops a flood.
    name: 'api-key',
    points: 3000,
    windowSeconds: minute,
    appliesTo: ({ method, path }, caller) => byKey(caller) && !unlimited.includes(`${method} ${path}`),
  },
];

/** Contract 5, with the seed's answers (S4, S5, S6): all by address, and API keys apart from people. */
export const limits: RequestLimits = {
  rules: [
    { name: 'auth', points: 5, windowSeconds: 15 * minute, by: 'address', appliesTo: only(auth) },
    { name: 'register', points: 3, windowSeconds: 60 * minute, by: 'address', appliesTo: only(register) },
    { name: 'join', points: 10, windowSeconds: 15 * minute, by: 'address', appliesTo: only(join) },
    { name: 'sensitive', points: 10, windowSeconds: 15 * minute, by: 'address', appliesTo: only(sensitive) },
    {
      // Only of who is signed in (22): strangers behind the same address must not use it up.
      name: 'batch',
      points: 60,
      windowSeconds: 60 * minute,
      by: 'address',
      appliesTo: (route, caller) => caller !== null && only(batch)(route, caller),
    },
    {
      name: 'general',
      points: 600,
      windowSeconds: minute,
      by: 'address',
      appliesTo: (route, caller) =>
        !byKey(caller) &&
        (!special.has(`${route.method} ${route.path}`) || (caller === null && only(batch)(route, caller))),
    },
    ...withAccounts(keyRules, (plan) => maxActiveKeys(plan, 'OPENBIN')),
  ],
  unlimited,
  unknownCountsAs: 'general',
  headers: ({ limit, remaining, resetAtMs }, { windowSeconds }) => ({
    'RateLimit-Policy': `${limit};w=${windowSeconds}`,
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(Math.max(0, Math.ceil((resetAtMs - Date.now()) / 1000))),
  }),
};
