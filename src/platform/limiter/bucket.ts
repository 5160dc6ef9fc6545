import type { BucketOptions, Count, Counter } from './counter.ts';
import type { KeyBudget } from './keyBudget.ts';
import { createMemoryCounter } from './memoryCounter.ts';
import { createRedisCounter } from './redisCounter.ts';
import { shortenKey } from './shortenKey.ts';
import type { LimiterStore } from './storeGuard.ts';

/** Where a key stands. */
export interface LimitState {
  readonly allowed: boolean;
  /** Points per window. */
  readonly limit: number;
  /** Points left in this window, never below 0. */
  readonly remaining: number;
  /** When the window ends, in Unix milliseconds. */
  readonly resetAtMs: number;
  /** Whole seconds until then, at least 1; 0 when allowed. */
  readonly retryAfterSeconds: number;
}

/** Counts the uses of keys. Nothing here throws: when Redis fails, memory counts. */
export interface Bucket {
  /** Uses `points` of the key; over the limit they are counted too, and nothing is allowed until the window ends. */
  consume(key: string, points?: number): Promise<LimitState>;
  /** Where the key stands; `allowed` tells whether one more point would be. */
  peek(key: string): Promise<LimitState>;
  /** Gives points back, never more than were used. */
  reward(key: string, points: number): Promise<void>;
  /** Forgets the key. */
  clear(key: string): Promise<void>;
}

/** Makes a bucket that counts in the store, or in memory when there is none or it fails. */
export function createBucket(options: BucketOptions, budget: KeyBudget, store?: LimiterStore): Bucket {
  const memory = createMemoryCounter(options, budget);
  const shared = store && { counter: createRedisCounter(options, store.redis), guard: store.guard };

  /** An attacker who can stop Redis must not thereby get unlimited tries. */
  async function count<T>(work: (counter: Counter) => Promise<T>): Promise<T> {
    if (shared === undefined) return work(memory);
    const outcome = await shared.guard.run(() => work(shared.counter));
    return outcome.ok ? outcome.value : work(memory);
  }

  function describe({ consumed, msLeft }: Count, allowed: boolean): LimitState {
    return {
      allowed,
      limit: options.points,
      remaining: Math.max(0, options.points - consumed),
      resetAtMs: Date.now() + msLeft,
      retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil(msLeft / 1000)),
    };
  }

  return {
    async consume(key, points = 1) {
      const used = await count((counter) => counter.add(shortenKey(key), points));
      return describe(used, used.consumed <= options.points);
    },
    async peek(key) {
      const used = await count((counter) => counter.get(shortenKey(key)));
      const { consumed, msLeft } = used ?? { consumed: 0, msLeft: options.windowSeconds * 1000 };
      return describe({ consumed, msLeft }, consumed < options.points);
    },
    reward: async (key, points) => void (await count((counter) => counter.add(shortenKey(key), -points))),
    clear: (key) => count((counter) => counter.clear(shortenKey(key))),
  };
}
