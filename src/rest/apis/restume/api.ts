import { maxActiveKeys } from '../../../graph/identity/plan/limits.ts';
import { bearer, credentialHeader } from '../../../pipeline/credentials.ts';
import { type LimitedRoute, withAccounts } from '../../../pipeline/limits.ts';
import { defineApi } from '../../engine/api.ts';
import { errors } from './errors.ts';
import { accountRoutes } from './routes/account.ts';
import { apiKeyRoutes } from './routes/apiKeys.ts';
import { passwordRoutes } from './routes/passwords.ts';
import { registrationRoutes } from './routes/registration.ts';
import { signInRoutes } from './routes/signIn.ts';

const isRead = ({ method }: Pick<LimitedRoute, 'method'>) => method === 'GET';

/** RESTume: sign-up with codes, sign-in by password or Google, API keys (contract restume.md). */
export const restume = defineApi({
  name: 'restume',
  title: 'RESTume API',
  description: 'Accounts with user names, six-digit codes, Google sign-in and API keys.',
  bases: ['/v1'],
  credentials: [bearer, credentialHeader('X-API-Key', ['API_KEY'])],
  requiresProvenAddress: true,
  keyRights: ['UNLINK_IDENTITY'],
  errors,
  limits: {
    // The contract names none: generous for programs, by credential or address, and told in every answer.
    rules: withAccounts(
      [
        { name: 'read', points: 600, windowSeconds: 60, appliesTo: isRead },
        { name: 'write', points: 120, windowSeconds: 60, appliesTo: (route) => !isRead(route) },
      ],
      (plan) => maxActiveKeys(plan, 'RESTUME'),
    ),
    headers: ({ limit, remaining, resetAtMs }) => ({
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(remaining),
      'X-RateLimit-Reset': String(Math.ceil(resetAtMs / 1000)),
    }),
  },
  externalName: (field) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  routes: [...registrationRoutes, ...signInRoutes, ...passwordRoutes, ...apiKeyRoutes, ...accountRoutes],
});
