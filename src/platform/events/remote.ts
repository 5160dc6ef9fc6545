import { randomUUID } from 'node:crypto';
import type { Log } from '../log/log.ts';
import type { Events, JsonValue } from './events.ts';
import { createHub, runSafely } from './hub.ts';
import { decodeMessage, encodeMessage } from './message.ts';
import { createPendingAnnouncements } from './pendingAnnouncements.ts';
import { createReceipts } from './receipts.ts';

/** On which processes say that they have handled a message; no handler can be on it. */
const RECEIPTS = '';
const CLOSE_TIMEOUT_MS = 2000;

/** A connection that carries texts to all processes; it reconnects by itself. */
export interface Carrier {
  /**
   * Sends the text to every process and answers how many others get it; rejects when that failed, within about two
   * seconds.
   */
  send(text: string): Promise<number>;
  /** True while no text of another process can be missed. */
  listening(): boolean;
  close(): Promise<void>;
}

/** What a carrier reports. */
export interface CarrierListener {
  /** A text arrived, maybe one of our own. */
  onText(text: string): void;
  /** Listening has (again) begun; texts sent before may have been missed. */
  onListening(): void;
}

/** Events over a carrier: own messages are delivered at once and ignored when they come back. */
export function createRemoteEvents(log: Log, connect: (listener: CarrierListener) => Carrier): Events {
  const origin = randomUUID();
  const hub = createHub(log);
  const receipts = createReceipts();
  const callbacks = new Set<() => void>();
  let isClosed = false;

  const carrier = connect({
    onText(text) {
      const message = decodeMessage(text);
      if (message === undefined || message.origin === origin || isClosed) return;
      if (message.channel === RECEIPTS) return receipts.arrived(message.payload, message.origin);
      hub.deliver(message.channel, message.payload);
      const { receipt } = message;
      if (receipt !== undefined)
        void pending.send(encodeMessage({ origin, channel: RECEIPTS, payload: receipt }));
    },
    onListening() {
      for (const callback of [...callbacks]) runSafely(log, 'reconnect', callback);
      pending.retry();
    },
  });
  const pending = createPendingAnnouncements(log, (text) => carrier.send(text));

  /** Delivers here and sends; answers how many others get it. */
  async function send(channel: string, payload: JsonValue, receipt?: string): Promise<number> {
    const text = encodeMessage({ origin, channel, payload, receipt });
    if (isClosed) return 0;
    hub.deliver(channel, payload);
    return pending.send(text);
  }

  return {
    publish: async (channel, payload) => void (await send(channel, payload)),
    announce: (channel, payload) => receipts.await((receipt) => send(channel, payload, receipt)),
    subscribe: hub.subscribe,
    healthy: () => carrier.listening() && !pending.isStalled(),
    onReconnect(callback) {
      const entry = () => callback();
      callbacks.add(entry);
      return () => callbacks.delete(entry);
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      hub.clear();
      callbacks.clear();
      // A command line publishes and ends before it was even connected.
      await pending.close(CLOSE_TIMEOUT_MS);
      await carrier.close();
    },
  };
}
