import type { Prisma } from '../../generated/sqlite/client.ts';

/** An escape in JSON text; JSON.stringify writes halves of surrogate pairs, and only those, as `\ud…`. */
const escapes = /\\(ud[89a-f][0-9a-f]{2}|.)/g;

/**
 * A JSON object as both databases can store it: PostgreSQL refuses halves of surrogate pairs, which
 * become U+FFFD as they do in every other text. `text` is the object as JSON.
 */
export function storableJson(text: string): Prisma.InputJsonObject {
  return JSON.parse(text.replace(escapes, (all, code: string) => (code.length > 1 ? '\ufffd' : all)));
}
