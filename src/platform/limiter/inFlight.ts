import { createRedisLeases } from './leases.ts';
import type { LimiterStore } from './storeGuard.ts';

/** A limit on what runs at the same time. */
export interface InFlightOptions {
  readonly name: string;
  readonly max: number;
}

/** Counts what is running by key. */
export interface InFlight {
  /** A function that ends the use (calling it again does nothing), or undefined when `max` run already. Never throws. */
  acquire(key: string): Promise<(() => void) | undefined>;
}

/** Makes the limit: exact within this process, and with a store over all instances. */
export function createInFlight({ name, max }: InFlightOptions, store?: LimiterStore): InFlight {
  const running = new Map<string, number>();
  const leases = store && createRedisLeases(name, max, store);

  function leave(key: string): void {
    const rest = (running.get(key) ?? 1) - 1;
    if (rest > 0) running.set(key, rest);
    else running.delete(key);
  }

  return {
    async acquire(key) {
      const count = running.get(key) ?? 0;
      if (count >= max) return undefined;
      // Counted here as well: when Redis goes away, this process goes on from what it really runs.
      running.set(key, count + 1);
      const lease = await leases?.take(key);
      if (lease === 'refused') {
        leave(key);
        return undefined;
      }
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        leave(key);
        lease?.end();
      };
    },
  };
}
