import type { Redis } from 'ioredis';
import { type Bucket, createBucket } from './bucket.ts';
import type { BucketOptions } from './counter.ts';
import { createFreeBucket } from './freeBucket.ts';
import { createInFlight, type InFlight, type InFlightOptions } from './inFlight.ts';
import { createKeyBudget } from './keyBudget.ts';
import { createStoreGuard } from './storeGuard.ts';

export { addressKey } from './addressKey.ts';
export type { Bucket, LimitState } from './bucket.ts';
export type { BucketOptions } from './counter.ts';
export type { InFlight, InFlightOptions } from './inFlight.ts';

/** Distinct keys counted in memory over all buckets, about 60 MB when an attacker fills them. */
const MAX_KEYS = 100_000;

/** Makes the limits of a server; asking for a name again gives the same limit, and with Redis all instances share it. */
export interface Limiters {
  /** "At most `points` per window". Throws when the name is in use with other numbers. */
  bucket(options: BucketOptions): Bucket;
  /** "At most `max` at the same time". Throws when the name is in use with another number. */
  inFlight(options: InFlightOptions): InFlight;
}

/** What limits are made with. */
export interface LimitersOptions {
  /** Counts in Redis instead of memory; the caller owns the connection (see `connectLimiterRedis`). */
  readonly redis?: Redis | undefined;
  /** Allows everything and counts nothing. */
  readonly disabled: boolean;
  /** Told each time that Redis failed and memory took over. */
  readonly onStoreError: (error: unknown) => void;
  /** Told the name of the limit each time that one refuses. */
  readonly onRefused?: (name: string) => void;
  /** For tests. */
  readonly maxKeys?: number;
}

/** Makes the limiters of a process. */
export function createLimiters({
  redis,
  disabled,
  onStoreError,
  onRefused = () => {},
  maxKeys = MAX_KEYS,
}: LimitersOptions): Limiters {
  const budget = createKeyBudget(maxKeys);
  const store = redis === undefined ? undefined : { redis, guard: createStoreGuard({ redis, onStoreError }) };
  return {
    bucket: onePerName((options) => {
      if (disabled) return createFreeBucket(options);
      const bucket = createBucket(options, budget, store);
      return {
        ...bucket,
        async consume(key, points) {
          const state = await bucket.consume(key, points);
          if (!state.allowed) onRefused(options.name);
          return state;
        },
      };
    }),
    inFlight: onePerName((options) => {
      const inFlight = createInFlight(
        disabled ? { ...options, max: Number.POSITIVE_INFINITY } : options,
        store,
      );
      return {
        async acquire(key) {
          const release = await inFlight.acquire(key);
          if (!release) onRefused(options.name);
          return release;
        },
      };
    }),
  };
}

/** Two limits of one name would count apart in memory and together in Redis. */
function onePerName<O extends { readonly name: string }, L>(create: (options: O) => L): (options: O) => L {
  const made = new Map<string, { readonly numbers: string; readonly limit: L }>();
  return (options) => {
    const numbers = JSON.stringify(Object.entries(options).sort());
    const entry = made.get(options.name) ?? { numbers, limit: create(options) };
    if (entry.numbers !== numbers)
      throw new Error(`The limit ${options.name} was made with other numbers before.`);
    made.set(options.name, entry);
    return entry.limit;
  };
}
