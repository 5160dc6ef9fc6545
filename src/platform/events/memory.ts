import type { Log } from '../log/log.ts';
import type { Events, JsonValue } from './events.ts';
import { createHub } from './hub.ts';
import { encodeMessage } from './message.ts';

/** Events of a single process. */
export function createMemoryEvents(log: Log): Events {
  const hub = createHub(log);
  async function publish(channel: string, payload: JsonValue): Promise<void> {
    encodeMessage({ origin: '', channel, payload });
    hub.deliver(channel, payload);
  }
  return {
    publish,
    announce: publish,
    subscribe: hub.subscribe,
    healthy: () => true,
    onReconnect: () => () => {},
    close: async () => hub.clear(),
  };
}
