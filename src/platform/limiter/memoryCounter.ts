import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { BucketOptions, Count, Counter } from './counter.ts';
import type { KeyBudget } from './keyBudget.ts';

/** Counts in this process, within the budget of keys. */
export function createMemoryCounter(
  { name, points, windowSeconds }: BucketOptions,
  budget: KeyBudget,
): Counter {
  const limiter = new RateLimiterMemory({ keyPrefix: '', points, duration: windowSeconds });

  async function clear(key: string): Promise<void> {
    budget.drop(`${name}:${key}`);
    await limiter.delete(key);
  }

  return {
    async add(key, change) {
      // `penalty` counts like `consume` and does not reject.
      const count = toCount(await limiter.penalty(key, change));
      if (count.consumed <= 0) {
        // Giving back what an earlier window used would otherwise leave a credit.
        await clear(key);
        return { consumed: 0, msLeft: count.msLeft };
      }
      budget.touch(`${name}:${key}`, {
        usedShare: count.consumed / points,
        expiresAtMs: Date.now() + count.msLeft,
        forget: () => void limiter.delete(key),
      });
      return count;
    },
    async get(key) {
      const result = await limiter.get(key);
      return result === null || result.msBeforeNext <= 0 ? undefined : toCount(result);
    },
    clear,
  };
}

/** Reads the library's answer. */
export function toCount(result: RateLimiterRes): Count {
  return { consumed: result.consumedPoints, msLeft: Math.max(0, result.msBeforeNext) };
}
