import type { Log } from '../log/log.ts';
import type { Events } from './events.ts';
import { createHub } from './hub.ts';
import { encodeMessage } from './message.ts';

/** Events of a single process. */
export function createMemoryEvents(log: Log): Events {
  const hub = createHub(log);
  return {
    async publish(channel, payload) {
      encodeMessage('', channel, payload);
      hub.deliver(channel, payload);
    },
    subscribe: hub.subscribe,
    healthy: () => true,
    onReconnect: () => () => {},
    close: async () => hub.clear(),
  };
}
