import { createHmac, hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Largest multiple of 62 in a byte. */
const UNBIASED_BYTES = 248;
const MAX_DIGITS = 14;

/** `byteLength` random bytes as lower-case hex, twice as many characters. */
export function randomHex(byteLength: number): string {
  return randomBytes(byteLength).toString('hex');
}

/** `length` characters of 0-9A-Za-z, each of 5.95 bits: 22 characters hold more than 128 bits. */
export function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length + 8)) {
      // Bytes from 248 on are thrown away: `byte % 62` alone would favour the first eight characters.
      if (byte < UNBIASED_BYTES && text.length < length) text += BASE62[byte % 62];
    }
  }
  return text;
}

/** `length` decimal digits (1 to 14), leading zeros included, all values equally likely. */
export function randomDigits(length = 6): string {
  if (length < 1 || length > MAX_DIGITS) throw new RangeError(`length must be from 1 to ${MAX_DIGITS}`);
  return String(randomInt(10 ** length)).padStart(length, '0');
}

/** SHA-256 of the text's UTF-8 bytes as 64 characters of lower-case hex. For random secrets only. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

/** HMAC-SHA256 as 64 characters of lower-case hex, for secrets short enough to be guessed from a plain hash. */
export function hmacHex(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Compares two hex texts in a time that does not tell where they differ; false when lengths differ. */
export function constantTimeEqualHex(a: string, b: string): boolean {
  // The texts' own bytes, not the decoded ones: decoding hex stops silently at the first wrong character.
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
