import type { Config } from '../../config/config.ts';
import type { Log } from '../log/log.ts';
import type { Events } from './events.ts';
import { createMemoryEvents } from './memory.ts';

/**
 * Chooses by configuration: Redis when REDIS_URL is set, else PostgreSQL's NOTIFY, else this process alone. Loads only
 * the client library that it needs. `onRedisError` hears of each failed connection to Redis.
 */
export async function createEvents(
  config: Pick<Config, 'redisUrl' | 'databaseUrl' | 'databaseEngine'>,
  log: Log,
  onRedisError: (error: Error) => void,
): Promise<Events> {
  if (config.redisUrl !== undefined)
    return (await import('./redis.ts')).createRedisEvents(config.redisUrl, log, onRedisError);
  if (config.databaseEngine === 'postgresql')
    return (await import('./postgres.ts')).createPostgresEvents(config.databaseUrl, log);
  return createMemoryEvents(log);
}
