import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { type BucketOptions, createLimiters, type Limiters } from '../../../src/platform/limiter/limiters.ts';

/** Redis for tests; undefined when they run without. */
export const redisUrl = process.env.LATCHKEY_TEST_REDIS_URL;

/** One of the two implementations, with the errors that its store reported. */
export interface Subject {
  readonly limiters: Limiters;
  readonly errors: unknown[];
  close(): Promise<void>;
}

/** Counts in memory. */
export async function openMemory(): Promise<Subject> {
  const errors: unknown[] = [];
  const limiters = createLimiters({ disabled: false, onStoreError: (error) => errors.push(error) });
  return { limiters, errors, close: async () => {} };
}

/** Counts in Redis. */
export async function openRedis(): Promise<Subject> {
  const errors: unknown[] = [];
  const redis = new Redis(redisUrl ?? '');
  await redis.ping();
  const limiters = createLimiters({ redis, disabled: false, onStoreError: (error) => errors.push(error) });
  return { limiters, errors, close: async () => redis.disconnect() };
}

/** Both, as a table for `describe.each`. */
export const subjects = [
  { store: 'memory', open: openMemory, isAvailable: true },
  { store: 'Redis', open: openRedis, isAvailable: redisUrl !== undefined },
];

/** A limit that no other test uses. */
export function anyLimit(points: number, windowSeconds = 60): BucketOptions {
  return { name: `test-${randomUUID()}`, points, windowSeconds };
}
