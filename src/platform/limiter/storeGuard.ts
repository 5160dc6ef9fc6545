import type { Redis } from 'ioredis';

const TIMEOUT_MS = 250;
const PAUSE_MS = 1000;

/** Redis with the guard that every call to it goes through. */
export interface LimiterStore {
  readonly redis: Redis;
  readonly guard: StoreGuard;
}

/** Result of a guarded call. */
export type Guarded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

/** Keeps a failing store from holding requests up. */
export interface StoreGuard {
  /** The work's result, or `ok: false` when the store failed, was silent for 250 ms, or did so within the last second. */
  run<T>(work: () => Promise<T>): Promise<Guarded<T>>;
}

/** Makes a guard; `onStoreError` hears of every failed call, not of those that were skipped. */
export function createStoreGuard(options: {
  readonly redis: Pick<Redis, 'status'>;
  readonly onStoreError: (error: unknown) => void;
}): StoreGuard {
  let skipUntilMs = 0;

  return {
    async run(work) {
      const now = performance.now();
      if (now < skipUntilMs) return { ok: false };
      // After a failure one call a second tries; the others must not wait with it.
      if (skipUntilMs > 0) skipUntilMs = now + PAUSE_MS;
      try {
        // A client that is not connected may queue commands without end.
        if (options.redis.status !== 'ready') throw new Error(`Redis is ${options.redis.status}`);
        const value = await withTimeout(work());
        skipUntilMs = 0;
        return { ok: true, value };
      } catch (error) {
        skipUntilMs = performance.now() + PAUSE_MS;
        options.onStoreError(error);
        return { ok: false };
      }
    },
  };
}

function withTimeout<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`Redis did not answer within ${TIMEOUT_MS} ms`)),
      TIMEOUT_MS,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
