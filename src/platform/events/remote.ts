import { randomUUID } from 'node:crypto';
import type { Log } from '../log/log.ts';
import type { Events } from './events.ts';
import { createHub, runSafely } from './hub.ts';
import { decodeMessage, encodeMessage } from './message.ts';
import { createOutbox } from './outbox.ts';

const CLOSE_TIMEOUT_MS = 2000;

/** A connection that carries texts to all processes; it reconnects by itself. */
export interface Carrier {
  /** Sends the text to every process; rejects when that failed, within about two seconds. */
  send(text: string): Promise<void>;
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
  const callbacks = new Set<() => void>();
  let isClosed = false;

  const carrier = connect({
    onText(text) {
      const message = decodeMessage(text);
      if (message === undefined || message.origin === origin || isClosed) return;
      hub.deliver(message.channel, message.payload);
    },
    onListening() {
      for (const callback of [...callbacks]) runSafely(log, 'reconnect', callback);
      outbox.retry();
    },
  });
  const outbox = createOutbox(log, (text) => carrier.send(text));

  return {
    async publish(channel, payload) {
      const text = encodeMessage(origin, channel, payload);
      if (isClosed) return;
      hub.deliver(channel, payload);
      await outbox.send(text);
    },
    subscribe: hub.subscribe,
    healthy: () => carrier.listening() && !outbox.isStalled(),
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
      await outbox.close(CLOSE_TIMEOUT_MS);
      await carrier.close();
    },
  };
}
