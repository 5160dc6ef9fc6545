import type { Config } from '../../../config/config.ts';
import { DomainError } from '../../../errors/domainError.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Events, JsonValue } from '../../../platform/events/events.ts';
import type { Limiters } from '../../../platform/limiter/limiters.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { Credentials } from '../../core/caller.ts';
import { type ChangeFeed, createChangeFeed } from './changeFeed.ts';
import { readingNow } from './view.ts';
import { createWatcher, type Watcher } from './watcher.ts';

const channel = 'vpn-node-changes';
/** An event holds 7000 bytes. */
const maxIdsPerEvent = 500;
/** Each subscription holds a connection open. */
const maxFeedsPerAccount = 20;

/** Tells subscribers, wherever they are connected, what becomes of the nodes of their organization. */
export interface NodeChanges {
  /** Tells of nodes that somebody, or a heartbeat, has changed; call it after the commit. */
  publish(organizationId: number, nodeIds: readonly number[]): Promise<void>;
  /**
   * The changes from now on, those included that only time brings. `mayContinue` is asked before
   * anything is given out. Throws RATE_LIMITED when the account has too many feeds.
   */
  subscribe(
    accountId: string,
    organizationId: number,
    mayContinue: () => Promise<boolean>,
  ): Promise<ChangeFeed>;
  /** Ends every feed of this process. */
  close(): void;
}

interface Parts {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly events: Events;
  readonly limiters: Limiters;
  readonly credentials: Credentials;
}

interface Watched {
  readonly watcher: Watcher;
  readonly started: Promise<void>;
  readonly feeds: Set<ChangeFeed>;
}

function isMessage(payload: JsonValue): payload is { organizationId: number; nodeIds: number[] } {
  return (
    typeof payload === 'object' && payload !== null && 'organizationId' in payload && 'nodeIds' in payload
  );
}

/** Makes it; an organization is watched while somebody in this process is subscribed to it, and not otherwise. */
export function createNodeChanges({
  config,
  log,
  database,
  events,
  limiters,
  credentials,
}: Parts): NodeChanges {
  const watched = new Map<number, Watched>();
  const feedsOf = new Map<string, Set<ChangeFeed>>();
  const slots = limiters.inFlight({ name: 'vpn-subscriptions', max: maxFeedsPerAccount });

  events.subscribe(channel, (payload) => {
    if (isMessage(payload)) watched.get(payload.organizationId)?.watcher.look(payload.nodeIds);
  });
  credentials.onForgotten((accountId) => {
    for (const feed of feedsOf.get(accountId) ?? []) void feed.recheck();
  });
  // What was said while the line was down was missed.
  events.onReconnect(() => {
    for (const { watcher } of watched.values()) watcher.lookAtAll();
  });

  function watch(organizationId: number): Watched {
    const present = watched.get(organizationId);
    if (present) return present;
    const feeds = new Set<ChangeFeed>();
    const watcher = createWatcher({
      db: database.db,
      log,
      organizationId,
      reading: () => readingNow(config),
      tell: (change) => {
        for (const feed of feeds) feed.push(change);
      },
    });
    const entry = { watcher, started: watcher.start(), feeds };
    watched.set(organizationId, entry);
    return entry;
  }

  function leave(organizationId: number, feed: ChangeFeed): void {
    const entry = watched.get(organizationId);
    entry?.feeds.delete(feed);
    if (entry?.feeds.size !== 0) return;
    entry.watcher.stop();
    watched.delete(organizationId);
  }

  return {
    async publish(organizationId, nodeIds) {
      for (let from = 0; from < nodeIds.length; from += maxIdsPerEvent) {
        await events.publish(channel, {
          organizationId,
          nodeIds: nodeIds.slice(from, from + maxIdsPerEvent),
        });
      }
    },
    async subscribe(accountId, organizationId, mayContinue) {
      const release = await slots.acquire(accountId);
      if (!release) throw new DomainError('RATE_LIMITED', { retryAfterSeconds: 1 });
      const entry = watch(organizationId);
      const own = feedsOf.get(accountId) ?? new Set();
      feedsOf.set(accountId, own);
      const feed: ChangeFeed = createChangeFeed(mayContinue, () => {
        release();
        leave(organizationId, feed);
        own.delete(feed);
        if (own.size === 0) feedsOf.delete(accountId);
      });
      entry.feeds.add(feed);
      own.add(feed);
      await entry.started;
      return feed;
    },
    close() {
      for (const { feeds } of [...watched.values()]) for (const feed of [...feeds]) feed.end();
    },
  };
}
