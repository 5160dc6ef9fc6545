import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../log/log.ts';
import type { Events } from './events.ts';
import { createPulse } from './pulse.ts';
import { createRemoteEvents } from './remote.ts';

const TOPIC = 'latchkey:events';
const TIMEOUT_MS = 2000;

const OPTIONS: RedisOptions = {
  // Texts wait in `outbox.ts`, where they are counted; ioredis' own queue would hold callers up without a bound.
  enableOfflineQueue: false,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  connectTimeout: TIMEOUT_MS,
  commandTimeout: TIMEOUT_MS,
  retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 2000),
};

/** Events over Redis' publish and subscribe: one connection that listens, one that sends. */
export function createRedisEvents(redisUrl: string, log: Log): Events {
  return createRemoteEvents(log, (listener) => {
    const publisher = new Redis(redisUrl, OPTIONS);
    const subscriber = new Redis(redisUrl, OPTIONS);
    let isSubscribed = false;
    const pulse = createPulse(
      async () => void (isSubscribed && (await subscriber.ping())),
      () => subscriber.disconnect(true),
    );

    publisher.on('error', (err) => log.warn({ err }, 'events: Redis connection failed'));
    subscriber.on('error', (err) => log.warn({ err }, 'events: Redis connection failed'));
    subscriber.on('message', (_topic, text) => listener.onText(text));
    subscriber.on('close', () => {
      isSubscribed = false;
    });
    subscriber.on('ready', async () => {
      try {
        await subscriber.subscribe(TOPIC);
      } catch {
        subscriber.disconnect(true);
        return;
      }
      pulse.beat();
      isSubscribed = true;
      listener.onListening();
    });

    return {
      send: async (text) => void (await publisher.publish(TOPIC, text)),
      listening: () => isSubscribed && pulse.isAlive(),
      async close() {
        pulse.stop();
        publisher.disconnect();
        subscriber.disconnect();
      },
    };
  });
}
