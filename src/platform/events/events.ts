/** What travels in an event: plain JSON. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Gets the payload of one event. What it throws is logged and stops nobody else. */
export type EventHandler = (payload: JsonValue) => void;

/** Messages to every instance of the server, this one included. */
export interface Events {
  /**
   * Hands the payload to this process' handlers before it returns, and to the other processes' soon after; each handler
   * gets it once (after a broken connection maybe twice). Resolves when it is sent, and also when it has to wait for the
   * connection. Rejects with RangeError when channel and payload exceed 7000 bytes of JSON.
   */
  publish(channel: string, payload: JsonValue): Promise<void>;
  /**
   * Like `publish`, but resolves only when the handlers of every other process that listens have run too: what is
   * answered after it holds everywhere. A process that does not say so within a second is waited for no longer.
   */
  announce(channel: string, payload: JsonValue): Promise<void>;
  /** Calls the handler for each message of the channel; the returned function ends that. */
  subscribe(channel: string, handler: EventHandler): () => void;
  /** False while messages of other processes could be missed: bypass what they keep fresh. */
  healthy(): boolean;
  /** Called each time `healthy` turns true: messages may have been missed, drop what they keep fresh. */
  onReconnect(callback: () => void): () => void;
  /** Sends what waits, for at most two seconds, and ends the connections. No handler is called any more. */
  close(): Promise<void>;
}
