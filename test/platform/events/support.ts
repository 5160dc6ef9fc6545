import { pino } from 'pino';
import type { Events } from '../../../src/platform/events/events.ts';
import { createMemoryEvents } from '../../../src/platform/events/memory.ts';
import { createPostgresEvents } from '../../../src/platform/events/postgres.ts';
import { createRedisEvents } from '../../../src/platform/events/redis.ts';

/** A log that is not written. */
export const quietLog = pino({ level: 'silent' });

const redisUrl = process.env.LATCHKEY_TEST_REDIS_URL;
const postgresUrl = process.env.LATCHKEY_TEST_DATABASE_URL;

/** An implementation that connects to something, as a table for `describe.each`. */
export interface RemoteSubject {
  readonly carrier: string;
  /** Undefined when the tests run without. */
  readonly url: string | undefined;
  open(url: string): Events;
}

/** Those that reach other processes. */
export const remoteSubjects: RemoteSubject[] = [
  { carrier: 'Redis', url: redisUrl, open: (url) => createRedisEvents(url, quietLog) },
  { carrier: 'PostgreSQL', url: postgresUrl, open: (url) => createPostgresEvents(url, quietLog) },
];

/** All of them. */
export const subjects = [
  { carrier: 'memory', url: '', open: () => createMemoryEvents(quietLog) },
  ...remoteSubjects,
];
