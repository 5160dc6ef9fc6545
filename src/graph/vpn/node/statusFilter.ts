import type { Prisma } from '../../../generated/sqlite/client.ts';
import { deployTimeoutMs, type NodeStatus, type Reading } from './effectiveStatus.ts';

/** The condition under which `effectiveStatusOf` gives a status, for the database; a test compares the two. */
export function whereStatus(
  status: NodeStatus,
  { nowMs, offlineAfterMs }: Reading,
): Prisma.VpnNodeWhereInput {
  const now = new Date(nowMs);
  if (status === 'EXPIRED') return { expiresAt: { lte: now } };
  const unexpired = { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  const deployedSince = new Date(nowMs - deployTimeoutMs);
  const seenSince = new Date(nowMs - offlineAfterMs);
  switch (status) {
    case 'DEPLOYING':
      return { AND: [unexpired, { state: 'DEPLOYING', stateChangedAt: { gte: deployedSince } }] };
    case 'DEPLOYMENT_FAILED':
      return { AND: [unexpired, { state: 'DEPLOYING', stateChangedAt: { lt: deployedSince } }] };
    case 'DEPLOYED':
      return { AND: [unexpired, { state: 'DEPLOYED' }, seen({ gte: seenSince })] };
    case 'OFFLINE':
      return { AND: [unexpired, { state: 'DEPLOYED' }, seen({ lt: seenSince })] };
    default:
      return { AND: [unexpired, { state: status }] };
  }
}

function seen(when: { gte: Date } | { lt: Date }): Prisma.VpnNodeWhereInput {
  return { OR: [{ lastHeartbeatAt: when }, { lastHeartbeatAt: null, stateChangedAt: when }] };
}
