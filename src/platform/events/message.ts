import type { JsonValue } from './events.ts';

/** NOTIFY takes 7999 bytes; the other implementations keep to the same, so that code runs on all of them. */
const MAX_BYTES = 7000;

/** A message as it travels between processes. */
export interface Message {
  /** The process that sent it and has delivered it to its own handlers already. */
  readonly origin: string;
  readonly channel: string;
  readonly payload: JsonValue;
  /** Present when the origin waits to hear that the message was handled: what to say to it. */
  readonly receipt?: string | undefined;
}

/** The message as JSON text. Throws RangeError when it is too long for any of the carriers. */
export function encodeMessage({ origin, channel, payload, receipt }: Message): string {
  const text = JSON.stringify([origin, channel, payload, ...(receipt === undefined ? [] : [receipt])]);
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new RangeError(`An event of channel ${channel} exceeds ${MAX_BYTES} bytes; send an id instead.`);
  }
  return text;
}

/** Reads what `encodeMessage` wrote; undefined for anything else (the carrier is shared with others). */
export function decodeMessage(text: string): Message | undefined {
  try {
    const parts: unknown = JSON.parse(text);
    if (!Array.isArray(parts) || parts.length < 3 || parts.length > 4) return undefined;
    const [origin, channel, payload, receipt] = parts;
    if (typeof origin !== 'string' || typeof channel !== 'string') return undefined;
    if (receipt !== undefined && typeof receipt !== 'string') return undefined;
    return { origin, channel, payload, receipt };
  } catch {
    return undefined;
  }
}
