import { Prisma, type VpnNodeState } from '../../../generated/sqlite/client.ts';
import { deployTimeoutMs, type NodeStatus, type Reading } from './effectiveStatus.ts';

const { sql, raw } = Prisma;

/** The condition on a node called `c` under which `effectiveStatusOf` gives a status; a test compares the two. */
export function whereStatus(status: NodeStatus, { nowMs, offlineAfterMs }: Reading): Prisma.Sql {
  const now = new Date(nowMs);
  if (status === 'EXPIRED') return sql`c."expiresAt" <= ${now}`;
  const unexpired = sql`(c."expiresAt" IS NULL OR c."expiresAt" > ${now})`;
  const deployedSince = new Date(nowMs - deployTimeoutMs);
  const seenSince = new Date(nowMs - offlineAfterMs);
  const seen = sql`coalesce(c."lastHeartbeatAt", c."stateChangedAt")`;
  const is = (state: VpnNodeState) => sql`${unexpired} AND c."state" = ${raw(`'${state}'`)}`;
  switch (status) {
    case 'DEPLOYING':
      return sql`${is('DEPLOYING')} AND c."stateChangedAt" >= ${deployedSince}`;
    case 'DEPLOYMENT_FAILED':
      return sql`${is('DEPLOYING')} AND c."stateChangedAt" < ${deployedSince}`;
    case 'DEPLOYED':
      return sql`${is('DEPLOYED')} AND ${seen} >= ${seenSince}`;
    case 'OFFLINE':
      return sql`${is('DEPLOYED')} AND ${seen} < ${seenSince}`;
    default:
      return is(status);
  }
}
