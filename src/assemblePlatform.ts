import type { Config } from './config/config.ts';
import type { Services } from './graph/core/services.ts';
import { createServices } from './graph/createServices.ts';
import { openDatabase } from './platform/database/database.ts';
import { migrateDatabase } from './platform/database/migrate.ts';
import { createEvents } from './platform/events/createEvents.ts';
import { createLimiters, type Limiters } from './platform/limiter/limiters.ts';
import type { Log } from './platform/log/log.ts';
import { createThrottledWarning } from './platform/log/throttle.ts';
import { createMailer } from './platform/mail/mailer.ts';
import { createMetrics, type Metrics } from './platform/metrics/metrics.ts';
import { createPasswordHasher, type PasswordHasher } from './platform/passwords/hasher.ts';
import { createKeyring } from './platform/secrets/keyring.ts';
import { loadMasterSecret } from './platform/secrets/masterSecret.ts';

const mailDrainMs = 5000;

/** What the graph stands on, with and without a server in front of it. */
export interface AssembledPlatform {
  readonly metrics: Metrics;
  readonly limiters: Limiters;
  readonly services: Services;
  /** Finishes the work and the mails that wait, then lets go of every process and connection. */
  close(): Promise<void>;
}

/** What a caller brings along; the rest is made from the configuration. */
export interface BroughtParts {
  /** Closed with the rest. Code chooses it, no variable does: a configuration must not make passwords weak. */
  readonly hasher?: PasswordHasher | undefined;
}

/** Loads the Redis client only where it is used. */
const connectRedis = async (redisUrl: string, onError: (error: Error) => void) =>
  (await import('./platform/limiter/redis.ts')).connectLimiterRedis(redisUrl, onError);

/** One warning for all connections to Redis: they fail together. */
function createRedisWarning({ redisUrl }: Config, log: Log): (error: Error) => void {
  const host = redisUrl && new URL(redisUrl).host;
  const effect = 'limits are counted in memory, and other instances are not heard';
  return createThrottledWarning(log, `REDIS_URL: Redis at ${host} does not answer; ${effect}`);
}

/** Migrates the database and puts everything below HTTP together. Throws a sentence when something is missing. */
export async function assemblePlatform(
  config: Config,
  log: Log,
  brought: BroughtParts = {},
): Promise<AssembledPlatform> {
  // What can fail comes before what holds connections: after a failure nothing is left open.
  const keyring = createKeyring(await loadMasterSecret(config));
  await migrateDatabase(config.databaseUrl, undefined, (count) => {
    log.info({ migrations: count }, 'migrating the database');
    // At once: SQLite's migrations leave no time to write it while they run.
    log.flush();
  });
  const metrics = createMetrics();
  const database = await openDatabase(config.databaseUrl, {
    onStatement: ({ durationMs }) => {
      metrics.databaseStatements.inc();
      metrics.databaseSeconds.observe(durationMs / 1000);
    },
    onConnectionLost: createThrottledWarning(log, 'the database cannot be reached'),
  });
  const warnOfRedis = createRedisWarning(config, log);
  const redis = config.redisUrl ? await connectRedis(config.redisUrl, warnOfRedis) : undefined;
  const limiters = createLimiters({
    redis,
    disabled: config.disableRateLimit,
    onStoreError: () => metrics.limiterStoreErrors.inc(),
    onRefused: (bucket) => metrics.limited.inc({ bucket }),
  });
  const events = await createEvents(config, log, warnOfRedis);
  const mailer = createMailer({ config, log, metrics });
  const hasher =
    brought.hasher ?? createPasswordHasher({ onQueue: (queued) => metrics.hashQueue.set(queued) });
  const services = createServices({ config, log, database, events, mailer, hasher, limiters, keyring });
  return {
    metrics,
    limiters,
    services,
    async close() {
      await services.background.drain();
      await mailer.drain(mailDrainMs);
      await hasher.close();
      await events.close();
      redis?.disconnect();
      await database.close();
    },
  };
}
