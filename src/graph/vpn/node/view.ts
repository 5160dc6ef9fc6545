import type { Config } from '../../../config/config.ts';
import type { VpnNode } from '../../../generated/sqlite/client.ts';
import { effectiveStatusOf, isOnline, type NodeStatus, type Reading } from './effectiveStatus.ts';

/** A node as it is at the moment of a reading. */
export interface NodeView extends VpnNode {
  readonly status: NodeStatus;
  readonly statusChangedAt: Date;
  readonly online: boolean;
}

/** A reading at this moment. */
export function readingNow({ vpnOfflineAfterSeconds }: Pick<Config, 'vpnOfflineAfterSeconds'>): Reading {
  return { nowMs: Date.now(), offlineAfterMs: vpnOfflineAfterSeconds * 1000 };
}

/** A row with what the time makes of it. */
export function viewNode(row: VpnNode, reading: Reading): NodeView {
  const { status, sinceMs } = effectiveStatusOf(row, reading);
  return { ...row, status, statusChangedAt: new Date(sinceMs), online: isOnline(row, reading) };
}
