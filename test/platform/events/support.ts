import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { Events } from '../../../src/platform/events/events.ts';
import { createMemoryEvents } from '../../../src/platform/events/memory.ts';
import { createPostgresEvents } from '../../../src/platform/events/postgres.ts';
import { createRedisEvents } from '../../../src/platform/events/redis.ts';
import { emptyDatabase, postgresServer } from '../../support/database.ts';
import { freshRedis } from '../../support/redis.ts';

/** A log that is not written. */
export const quietLog = pino({ level: 'silent' });

// Of this file alone: who listens elsewhere, maybe over a line that is cut just now, would be waited for.
const redisUrl = await freshRedis();
const database = postgresServer ? await emptyDatabase() : undefined;
afterAll(() => database?.drop());

/** An implementation that connects to something, as a table for `describe.each`. */
export interface RemoteSubject {
  readonly carrier: string;
  /** Undefined when the tests run without. */
  readonly url: string | undefined;
  open(url: string): Events;
}

/** Those that reach other processes. */
export const remoteSubjects: RemoteSubject[] = [
  { carrier: 'Redis', url: redisUrl, open: (url) => createRedisEvents(url, quietLog, () => {}) },
  { carrier: 'PostgreSQL', url: database?.url, open: (url) => createPostgresEvents(url, quietLog) },
];

/** All of them. */
export const subjects = [
  { carrier: 'memory', url: '', open: () => createMemoryEvents(quietLog) },
  ...remoteSubjects,
];
