/** Too much costly work is waiting already; the caller is told to come back. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  constructor(
    /** Whole seconds, at least 1, for a Retry-After header. */
    readonly retryAfterSeconds: number,
  ) {
    super('Too many requests are waiting for the same work.');
  }
}

/** Lets a few tasks run at a time and a bounded number wait. */
export interface Gate {
  /** Runs the task when its turn comes, in order of arrival. Rejects with OverloadedError when the queue is full. */
  run<T>(task: () => Promise<T>): Promise<T>;
  /** How many tasks wait for their turn. */
  queued(): number;
}

/** What a gate allows. */
export interface GateOptions {
  /** Tasks that run at the same time. */
  readonly concurrency: number;
  /** Tasks that may wait beyond those. */
  readonly maxQueued: number;
  /** How long one task takes at first, for the estimate in OverloadedError; then it is measured. */
  readonly taskMs: number;
  /** Told the number of waiting tasks whenever it changes. */
  readonly onQueue?: ((queued: number) => void) | undefined;
}

/** Makes a gate. */
export function createGate({ concurrency, maxQueued, taskMs, onQueue }: GateOptions): Gate {
  const waiting: (() => void)[] = [];
  let running = 0;
  let averageMs = taskMs;

  function acquireSlot(): Promise<void> {
    if (running < concurrency) {
      running += 1;
      return Promise.resolve();
    }
    if (waiting.length >= maxQueued) {
      throw new OverloadedError(Math.max(1, Math.ceil((waiting.length * averageMs) / concurrency / 1000)));
    }
    return new Promise((resolve) => {
      waiting.push(resolve);
      onQueue?.(waiting.length);
    });
  }

  function releaseSlot(): void {
    const next = waiting.shift();
    if (next === undefined) {
      running -= 1;
      return;
    }
    onQueue?.(waiting.length);
    next();
  }

  return {
    async run(task) {
      await acquireSlot();
      const startMs = performance.now();
      try {
        return await task();
      } finally {
        averageMs += (performance.now() - startMs - averageMs) / 10;
        releaseSlot();
      }
    },
    queued: () => waiting.length,
  };
}
