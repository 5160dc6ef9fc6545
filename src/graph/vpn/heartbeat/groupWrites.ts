import { effectiveStatusOf, type Reading } from '../node/effectiveStatus.ts';
import type { FoundNode, HeartbeatRow, NodeReport, TotalsReport } from './heartbeatRow.ts';
import { bucketStart } from './rules.ts';

/** What a group of heartbeats comes to. */
export interface GroupWrites {
  readonly reports: readonly NodeReport[];
  readonly totals: readonly TotalsReport[];
  /** The nodes whose first heartbeat within these five minutes it is: their old buckets can go. */
  readonly newBuckets: readonly number[];
  /** The nodes whose passwords are asked for. */
  readonly asking: readonly number[];
  /** The nodes that come up, by organization. */
  readonly risen: ReadonlyMap<number, readonly number[]>;
}

/** Whether a node may let anybody in: not past its time, not disabled, its organization not suspended. */
export function acceptsPasswords(node: FoundNode, reading: Reading): boolean {
  const { status } = effectiveStatusOf(node, reading);
  return status !== 'EXPIRED' && status !== 'DISABLED' && node.organizationStatus === 'ACTIVE';
}

/** Whether a heartbeat makes the node deployed: whatever it was, unless its owner has disabled it. */
function comesUp(node: FoundNode, reading: Reading): boolean {
  const { status } = effectiveStatusOf({ ...node, expiresAt: null }, reading);
  return status !== 'DEPLOYED' && status !== 'DISABLED';
}

function isFirstOfBucket({ lastHeartbeatAt }: FoundNode, { nowMs }: Reading): boolean {
  return lastHeartbeatAt === null || lastHeartbeatAt < bucketStart(new Date(nowMs));
}

function merge(
  earlier: NodeReport | undefined,
  heartbeat: HeartbeatRow,
  node: FoundNode,
  reading: Reading,
): NodeReport {
  const bandwidth = heartbeat.bandwidth ?? earlier?.bandwidth ?? node.bandwidth;
  return {
    id: node.id,
    bandwidth,
    bandwidthUsedM: heartbeat.bandwidthUsedM ?? earlier?.bandwidthUsedM ?? null,
    instanceStatus: heartbeat.instanceStatus ?? earlier?.instanceStatus ?? null,
    comesUp: comesUp(node, reading),
    count: (earlier?.count ?? 0) + 1,
    bandwidthSum: (earlier?.bandwidthSum ?? 0) + bandwidth,
  };
}

/** The largest totals of each password: one row must not be changed twice by one statement. */
function addTotals(totals: Map<string, TotalsReport>, { totals: given }: HeartbeatRow, nodeId: number): void {
  for (const { id, upload, download } of given) {
    const key = `${nodeId}:${id}`;
    const known = totals.get(key);
    totals.set(key, {
      nodeId,
      id,
      upload: Math.max(upload, known?.upload ?? 0),
      download: Math.max(download, known?.download ?? 0),
    });
  }
}

/** Works out what to write for the heartbeats whose nodes were found, by their place in the group. */
export function writesOf(
  heartbeats: readonly HeartbeatRow[],
  found: ReadonlyMap<number, FoundNode>,
  reading: Reading,
): GroupWrites {
  const nodes = new Map<number, FoundNode>();
  const reports = new Map<number, NodeReport>();
  const totals = new Map<string, TotalsReport>();
  heartbeats.forEach((heartbeat, index) => {
    const node = found.get(index);
    if (!node || node.role === 'VIEWER') return;
    nodes.set(node.id, node);
    reports.set(node.id, merge(reports.get(node.id), heartbeat, node, reading));
    addTotals(totals, heartbeat, node.id);
  });
  const all = [...nodes.values()];
  const risen = new Map<number, number[]>();
  for (const node of all.filter(({ id }) => reports.get(id)?.comesUp)) {
    risen.set(node.organizationId, [...(risen.get(node.organizationId) ?? []), node.id]);
  }
  return {
    reports: [...reports.values()],
    totals: [...totals.values()],
    newBuckets: all.filter((node) => isFirstOfBucket(node, reading)).map(({ id }) => id),
    asking: all.filter((node) => acceptsPasswords(node, reading)).map(({ id }) => id),
    risen,
  };
}
