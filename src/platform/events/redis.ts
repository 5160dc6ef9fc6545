import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../log/log.ts';
import type { Events } from './events.ts';
import { createPulse } from './pulse.ts';
import { createRemoteEvents } from './remote.ts';

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

/**
 * Events over Redis' publish and subscribe: one connection that listens, one that sends. `onError` hears of each failed
 * connection.
 */
export function createRedisEvents(redisUrl: string, log: Log, onError: (error: Error) => void): Events {
  return createRemoteEvents(log, (listener) => {
    const publisher = new Redis(redisUrl, OPTIONS);
    const subscriber = new Redis(redisUrl, OPTIONS);
    // Redis carries messages across its numbered databases; servers that share no data must not wait for each other.
    const topic = `latchkey:events:${publisher.options.db ?? 0}`;
    let isSubscribed = false;
    const pulse = createPulse(
      async () => void (isSubscribed && (await subscriber.ping())),
      () => subscriber.disconnect(true),
    );

    publisher.on('error', onError);
    subscriber.on('error', onError);
    subscriber.on('message', (_topic, text) => listener.onText(text));
    subscriber.on('close', () => {
      isSubscribed = false;
    });
    subscriber.on('ready', async () => {
      try {
        await subscriber.subscribe(topic);
      } catch {
        subscriber.disconnect(true);
        return;
      }
      pulse.beat();
      isSubscribed = true;
      listener.onListening();
    });

    return {
      send: async (text) => Math.max(0, (await publisher.publish(topic, text)) - (isSubscribed ? 1 : 0)),
      listening: () => isSubscribed && pulse.isAlive(),
      async close() {
        pulse.stop();
        publisher.disconnect();
        subscriber.disconnect();
      },
    };
  });
}
