import { Redis } from 'ioredis';

/** A Redis database of this worker alone, emptied; undefined when LATCHKEY_TEST_REDIS_URL is not set. */
export async function freshRedis(): Promise<string | undefined> {
  const base = process.env.LATCHKEY_TEST_REDIS_URL;
  if (!base) return undefined;
  const url = new URL(base);
  url.pathname = `/${process.env.VITEST_POOL_ID ?? 1}`;
  const redis = new Redis(url.href);
  await redis.flushdb();
  redis.disconnect();
  return url.href;
}
