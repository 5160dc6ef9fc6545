import { Redis } from 'ioredis';

const CONNECT_TIMEOUT_MS = 2000;

/**
 * Connects for `createLimiters`, with settings that fail at once. Resolves when Redis answers or after two seconds: a
 * server without it starts and counts in memory. `onError` hears of each failed connection. The caller ends it with
 * `disconnect()`.
 */
export async function connectLimiterRedis(redisUrl: string, onError: (error: Error) => void): Promise<Redis> {
  const redis = new Redis(redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: 1000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 2000),
  });
  redis.on('error', onError);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, CONNECT_TIMEOUT_MS);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return redis;
}
