import type { Config } from '../../config/config.ts';
import type { Log } from '../log/log.ts';
import type { Events } from './events.ts';
import { createMemoryEvents } from './memory.ts';
import { createPostgresEvents } from './postgres.ts';
import { createRedisEvents } from './redis.ts';

/** Chooses by configuration: Redis when REDIS_URL is set, else PostgreSQL's NOTIFY, else this process alone. */
export function createEvents(
  config: Pick<Config, 'redisUrl' | 'databaseUrl' | 'databaseEngine'>,
  log: Log,
): Events {
  if (config.redisUrl !== undefined) return createRedisEvents(config.redisUrl, log);
  if (config.databaseEngine === 'postgresql') return createPostgresEvents(config.databaseUrl, log);
  return createMemoryEvents(log);
}
