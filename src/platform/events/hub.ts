import type { Log } from '../log/log.ts';
import type { EventHandler, JsonValue } from './events.ts';

/** The handlers of this process. */
export interface Hub {
  deliver(channel: string, payload: JsonValue): void;
  subscribe(channel: string, handler: EventHandler): () => void;
  clear(): void;
}

/** Makes a hub. */
export function createHub(log: Log): Hub {
  const channels = new Map<string, Set<EventHandler>>();
  return {
    deliver(channel, payload) {
      for (const handler of [...(channels.get(channel) ?? [])]) {
        runSafely(log, channel, () => handler(payload));
      }
    },
    subscribe(channel, handler) {
      // A wrapper of its own: the same function subscribed twice is two subscriptions.
      const entry: EventHandler = (payload) => handler(payload);
      const handlers = channels.get(channel) ?? new Set();
      channels.set(channel, handlers.add(entry));
      return () => {
        handlers.delete(entry);
        if (handlers.size === 0 && channels.get(channel) === handlers) channels.delete(channel);
      };
    },
    clear: () => channels.clear(),
  };
}

/** Runs a callback of someone else; what it throws is logged. */
export function runSafely(log: Log, channel: string, callback: () => void): void {
  try {
    callback();
  } catch (err) {
    log.error({ err, channel }, 'event handler failed');
  }
}
