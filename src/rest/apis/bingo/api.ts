import { maxActiveKeys } from '../../../graph/identity/plan/limits.ts';
import { bearer } from '../../../pipeline/credentials.ts';
import { withAccounts } from '../../../pipeline/limits.ts';
import { defineApi } from '../../engine/api.ts';
import { errors } from './errors.ts';
import { heartbeatRoutes } from './routes/heartbeats.ts';
import { nodeStatusRoutes } from './routes/nodeStatus.ts';
import { nodeRoutes } from './routes/nodes.ts';
import { organizationRoutes } from './routes/organization.ts';
import { passwordRoutes } from './routes/passwords.ts';
import { sharedRoutes } from './routes/shared.ts';

const names: Readonly<Record<string, string>> = {
  expiresAt: 'expire_time',
  expiresInSeconds: 'expire_in',
  active: 'is_active',
  transfers: 'passwords',
  passwordId: 'id',
  upload: 'upload_transfer',
  download: 'download_transfer',
};

/** The documented name of a field of the graph. */
function externalName(field: string): string {
  return names[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const hour = { name: 'hour', points: 1000, windowSeconds: 3600 } as const;

/** Bingo VPN: nodes, their passwords and heartbeats, and the organization (contract bingo.md). */
export const bingo = defineApi({
  name: 'bingo',
  title: 'Bingo VPN API',
  description: 'VPN nodes, connection passwords and heartbeats.',
  bases: ['/api/v2'],
  credentials: [bearer],
  requiresProvenAddress: true,
  errors,
  limits: {
    rules: withAccounts([{ ...hour, appliesTo: () => true }], (plan) => maxActiveKeys(plan, 'BINGO')),
    unknownCountsAs: hour.name,
    maxInFlight: 10,
    headers: ({ limit, remaining, resetAtMs }) => ({
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(remaining),
      'X-RateLimit-Reset': String(Math.ceil(resetAtMs / 1000)),
    }),
  },
  externalName,
  routes: [
    ...nodeRoutes,
    ...nodeStatusRoutes,
    ...heartbeatRoutes,
    ...passwordRoutes,
    ...sharedRoutes,
    ...organizationRoutes,
  ],
});
