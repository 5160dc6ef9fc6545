import { maxActiveKeys } from '../../../graph/identity/plan/limits.ts';
import { bearer, credentialHeader } from '../../../pipeline/credentials.ts';
import { type LimitedRoute, withAccounts } from '../../../pipeline/limits.ts';
import { defineApi } from '../../engine/api.ts';
import { errors } from './errors.ts';
import { authRoutes } from './routes/auth.ts';
import { meRoutes } from './routes/me.ts';
import { requestRoutes } from './routes/requests.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { tunnelRoutes } from './routes/tunnels.ts';

const isRead = ({ method }: Pick<LimitedRoute, 'method'>) => method === 'GET';

/** Binboi: tunnels and access tokens (contract binboi.md, sections 1 to 6). */
export const binboi = defineApi({
  name: 'binboi',
  title: 'Binboi API',
  description: 'Accounts, access tokens and tunnels.',
  bases: ['/api/auth', '/api/v1'],
  // Contract 1.1.
  mailFrom: 'noreply@miransas.com',
  // Contract 2.1: at least 8 characters, and no more than that.
  takesCommonPasswords: true,
  credentials: [bearer, credentialHeader('X-Binboi-Token')],
  requiresProvenAddress: true,
  keyRights: ['CHANGE_PASSWORD', 'DELETE_ACCOUNT'],
  errors,
  limits: {
    // Contract 1.3: by credential, reads and writes apart; the public routes by address.
    rules: withAccounts(
      [
        { name: 'read', points: 600, windowSeconds: 60, appliesTo: isRead },
        { name: 'write', points: 60, windowSeconds: 60, appliesTo: (route) => !isRead(route) },
      ],
      (plan) => maxActiveKeys(plan, 'BINBOI'),
    ),
    unknownCountsAs: 'read',
    headers: ({ remaining, resetAtMs }) => ({
      'X-RateLimit-Remaining': String(remaining),
      'X-RateLimit-Reset': String(Math.ceil(resetAtMs / 1000)),
    }),
  },
  externalName: (field) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  routes: [...authRoutes, ...tokenRoutes, ...tunnelRoutes, ...meRoutes, ...requestRoutes],
});
