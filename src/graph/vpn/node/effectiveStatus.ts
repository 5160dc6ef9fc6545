import type { VpnNode } from '../../../generated/sqlite/client.ts';

/** What a node is at a moment. */
export type NodeStatus =
  | 'PENDING'
  | 'DEPLOYING'
  | 'DEPLOYMENT_FAILED'
  | 'OFFLINE'
  | 'DISABLED'
  | 'EXPIRED'
  | 'DEPLOYED';

/** Everything that the status depends on beside the time. */
export type NodeFacts = Pick<VpnNode, 'state' | 'stateChangedAt' | 'lastHeartbeatAt' | 'expiresAt'>;

/** The moment of a reading, and how patient it is; one for a whole request, so that filter and answer agree. */
export interface Reading {
  readonly nowMs: number;
  /** How long after its last heartbeat a node counts as offline. */
  readonly offlineAfterMs: number;
}

/** A node's status, since when, and when it will change if nothing happens but time. */
export interface EffectiveStatus {
  readonly status: NodeStatus;
  readonly sinceMs: number;
  readonly changesAtMs: number | undefined;
}

/** A deployment from which no heartbeat came in this time has failed. */
export const deployTimeoutMs = 15 * 60_000;

/** The statuses from which a node can be redeployed: not while that is under way, nor against its owner's will or time. */
export const redeployable: readonly NodeStatus[] = ['PENDING', 'DEPLOYMENT_FAILED', 'OFFLINE', 'DEPLOYED'];

function sinceLastEvent(
  fromMs: number,
  timeoutMs: number,
  nowMs: number,
  before: NodeStatus,
  after: NodeStatus,
  sinceMs: number,
): EffectiveStatus {
  const lastMs = fromMs + timeoutMs;
  return nowMs <= lastMs
    ? { status: before, sinceMs, changesAtMs: lastMs + 1 }
    : { status: after, sinceMs: Math.max(lastMs, sinceMs), changesAtMs: undefined };
}

function unexpired(
  { state, stateChangedAt, lastHeartbeatAt }: NodeFacts,
  { nowMs, offlineAfterMs }: Reading,
): EffectiveStatus {
  const sinceMs = stateChangedAt.getTime();
  switch (state) {
    case 'DEPLOYING':
      return sinceLastEvent(sinceMs, deployTimeoutMs, nowMs, 'DEPLOYING', 'DEPLOYMENT_FAILED', sinceMs);
    case 'DEPLOYED': {
      // One that was enabled by hand before its first heartbeat gets the time of one to send it.
      const fromMs = lastHeartbeatAt?.getTime() ?? sinceMs;
      return sinceLastEvent(fromMs, offlineAfterMs, nowMs, 'DEPLOYED', 'OFFLINE', sinceMs);
    }
    default:
      return { status: state, sinceMs, changesAtMs: undefined };
  }
}

/** What a node is at the moment of a reading. Past its time it is expired, whatever else it is. */
export function effectiveStatusOf(facts: NodeFacts, reading: Reading): EffectiveStatus {
  const expiresAtMs = facts.expiresAt?.getTime();
  if (expiresAtMs !== undefined && expiresAtMs <= reading.nowMs) {
    // Somebody may have set a time that was already past: it did not expire before it was what it was.
    const sinceMs = Math.max(expiresAtMs, facts.stateChangedAt.getTime());
    return { status: 'EXPIRED', sinceMs, changesAtMs: undefined };
  }
  const effective = unexpired(facts, reading);
  const changes = [effective.changesAtMs, expiresAtMs].filter((ms) => ms !== undefined);
  return { ...effective, changesAtMs: changes.length > 0 ? Math.min(...changes) : undefined };
}

/** Whether heartbeats are coming in. */
export function isOnline({ lastHeartbeatAt }: NodeFacts, { nowMs, offlineAfterMs }: Reading): boolean {
  return lastHeartbeatAt !== null && nowMs - lastHeartbeatAt.getTime() <= offlineAfterMs;
}
