import type { Bucket, LimitState } from './bucket.ts';
import type { BucketOptions } from './counter.ts';

/** A bucket that never runs dry, for DISABLE_RATE_LIMIT. */
export function createFreeBucket({ points, windowSeconds }: BucketOptions): Bucket {
  const full = async (): Promise<LimitState> => ({
    allowed: true,
    limit: points,
    remaining: points,
    resetAtMs: Date.now() + windowSeconds * 1000,
    retryAfterSeconds: 0,
  });
  return { consume: full, peek: full, reward: async () => {}, clear: async () => {} };
}
