import type { PrismaClient, VpnNode } from '../../../generated/sqlite/client.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { NodeChange } from './changeFeed.ts';
import { effectiveStatusOf, type NodeStatus, type Reading } from './effectiveStatus.ts';
import { viewNode } from './view.ts';

const maxIdsAtOnce = 500;
const minPauseMs = 1000;
/** Longer timers than this overflow; a look once a day costs nothing. */
const maxPauseMs = 24 * 3600_000;

/** Follows the nodes of one organization for the subscribers of this process. */
export interface Watcher {
  /** Reads how the nodes stand now, so that changes can be told from there on. */
  start(): Promise<void>;
  /** Reads these nodes again and tells of each. */
  look(ids: readonly number[]): void;
  /** Reads all nodes again and tells of those that are not as they were. */
  lookAtAll(): void;
  stop(): void;
}

interface Parts {
  readonly db: PrismaClient;
  readonly log: Log;
  readonly organizationId: number;
  readonly reading: () => Reading;
  readonly tell: (change: NodeChange) => void;
}

interface Known {
  readonly status: NodeStatus;
  readonly updatedAtMs: number;
  readonly changesAtMs: number | undefined;
}

/**
 * Makes a watcher. Nobody writes when a node goes offline or expires, so it knows of each node when
 * that would be, and reads those nodes again then; a heartbeat in between has moved the moment on.
 */
export function createWatcher({ db, log, organizationId, reading, tell }: Parts): Watcher {
  const known = new Map<number, Known>();
  let timer: NodeJS.Timeout | undefined;
  let lastLookMs = 0;
  let isStopped = false;
  let work: Promise<void> = Promise.resolve();

  /** One after the other, so that an older reading never overwrites a newer one. */
  function enqueue(task: () => Promise<void>): Promise<void> {
    work = work
      .then(() => (isStopped ? undefined : task()))
      .catch((err: unknown) => log.error({ err, organizationId }, 'watching nodes failed'))
      .finally(schedule);
    return work;
  }

  function schedule(): void {
    clearTimeout(timer);
    if (isStopped) return;
    let nextMs = Date.now() + maxPauseMs;
    for (const { changesAtMs } of known.values()) nextMs = Math.min(nextMs, changesAtMs ?? nextMs);
    const pauseMs = Math.max(nextMs - Date.now(), lastLookMs + minPauseMs - Date.now(), 0);
    timer = setTimeout(lookAtDue, pauseMs).unref();
  }

  function lookAtDue(): void {
    const nowMs = Date.now();
    lastLookMs = nowMs;
    const due = [...known].filter(([, { changesAtMs }]) => changesAtMs !== undefined && changesAtMs <= nowMs);
    void enqueue(() =>
      read(
        due.map(([id]) => id),
        'what differs',
      ),
    );
  }

  async function read(ids: readonly number[], report: 'everything' | 'what differs'): Promise<void> {
    for (let from = 0; from < ids.length; from += maxIdsAtOnce) {
      const some = ids.slice(from, from + maxIdsAtOnce);
      const rows = await db.vpnNode.findMany({ where: { organizationId, id: { in: some } } });
      compare(some, rows, report);
    }
  }

  function compare(
    ids: Iterable<number>,
    rows: readonly VpnNode[],
    report: 'everything' | 'what differs' | 'nothing',
  ): void {
    const now = reading();
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const id of ids) {
      const row = found.get(id);
      const before = known.get(id);
      if (!row) {
        known.delete(id);
        if (report !== 'nothing') tell({ kind: 'DELETED', nodeId: id, node: null });
        continue;
      }
      const { status, changesAtMs } = effectiveStatusOf(row, now);
      const updatedAtMs = row.updatedAt.getTime();
      known.set(id, { status, changesAtMs, updatedAtMs });
      const differs = before?.status !== status || before.updatedAtMs !== updatedAtMs;
      if (report === 'nothing' || (report === 'what differs' && !differs)) continue;
      tell({ kind: before ? 'CHANGED' : 'CREATED', nodeId: id, node: viewNode(row, now) });
    }
  }

  async function readAll(report: 'what differs' | 'nothing'): Promise<void> {
    const rows = await db.vpnNode.findMany({ where: { organizationId } });
    compare(new Set([...known.keys(), ...rows.map(({ id }) => id)]), rows, report);
  }

  return {
    start: () => enqueue(() => readAll('nothing')),
    look: (ids) => void enqueue(() => read(ids, 'everything')),
    lookAtAll: () => void enqueue(() => readAll('what differs')),
    stop() {
      isStopped = true;
      clearTimeout(timer);
      known.clear();
    },
  };
}
