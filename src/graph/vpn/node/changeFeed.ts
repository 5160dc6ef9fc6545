import type { NodeView } from './view.ts';

/** What became of a node. */
export interface NodeChange {
  readonly kind: 'CREATED' | 'CHANGED' | 'DELETED';
  readonly nodeId: number;
  /** As it is now; null when it is gone. */
  readonly node: NodeView | null;
}

/** The changes for one subscriber, as they come. */
export interface ChangeFeed extends AsyncIterableIterator<NodeChange> {
  push(change: NodeChange): void;
  /** Asks at once whether the reader may continue, also one who waits; no ends the feed. */
  recheck(): Promise<void>;
  /** Ends the feed, also for a reader who waits. */
  end(): void;
}

const finished = { done: true, value: undefined } as const;

/** A node that the subscriber has not heard of stays a new one, whatever happened to it meanwhile. */
function merged(earlier: NodeChange | undefined, later: NodeChange): NodeChange {
  return earlier?.kind === 'CREATED' && later.kind === 'CHANGED' ? { ...later, kind: 'CREATED' } : later;
}

/**
 * Makes a feed. What a slow reader has not taken is kept once a node, the newest only, so that it
 * cannot grow beyond the organization. `mayContinue` is asked before anything is given out; no ends the feed.
 *
 * It is no generator function, because one that waits for the next change cannot be ended from
 * outside: a client who goes away would leave it waiting for ever.
 */
export function createChangeFeed(mayContinue: () => Promise<boolean>, onEnd: () => void): ChangeFeed {
  const waiting = new Map<number, NodeChange>();
  let ready: NodeChange[] = [];
  let wake = () => {};
  let isEnded = false;

  function end(): void {
    if (isEnded) return;
    isEnded = true;
    waiting.clear();
    ready = [];
    wake();
    onEnd();
  }

  async function recheck(): Promise<void> {
    if (!isEnded && !(await mayContinue().catch(() => false))) end();
  }

  async function collect(): Promise<void> {
    if (waiting.size === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      return;
    }
    const changes = [...waiting.values()];
    waiting.clear();
    await recheck();
    if (!isEnded) ready = changes;
  }

  return {
    push(change) {
      if (isEnded) return;
      waiting.set(change.nodeId, merged(waiting.get(change.nodeId), change));
      wake();
    },
    recheck,
    end,
    async next() {
      while (!isEnded && ready.length === 0) await collect();
      const change = ready.shift();
      return change && !isEnded ? { done: false, value: change } : finished;
    },
    async return() {
      end();
      return finished;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
