import type { JsonValue } from './events.ts';

/** NOTIFY takes 7999 bytes; the other implementations keep to the same, so that code runs on all of them. */
const MAX_BYTES = 7000;

/** A message as it travels between processes. */
export interface Message {
  /** The process that sent it and has delivered it to its own handlers already. */
  readonly origin: string;
  readonly channel: string;
  readonly payload: JsonValue;
}

/** The message as JSON text. Throws RangeError when it is too long for any of the carriers. */
export function encodeMessage(origin: string, channel: string, payload: JsonValue): string {
  const text = JSON.stringify([origin, channel, payload]);
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new RangeError(`An event of channel ${channel} exceeds ${MAX_BYTES} bytes; send an id instead.`);
  }
  return text;
}

/** Reads what `encodeMessage` wrote; undefined for anything else (the carrier is shared with others). */
export function decodeMessage(text: string): Message | undefined {
  try {
    const parts: unknown = JSON.parse(text);
    if (!Array.isArray(parts) || parts.length !== 3) return undefined;
    const [origin, channel, payload] = parts;
    return typeof origin === 'string' && typeof channel === 'string'
      ? { origin, channel, payload }
      : undefined;
  } catch {
    return undefined;
  }
}
