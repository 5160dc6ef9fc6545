import { z } from 'zod';

/** The schema of an answer in the envelope ("Common rules"). */
export function envelope<Data extends z.ZodType>(data: Data) {
  return z.strictObject({ success: z.literal(true), data, error: z.null() });
}

/** Data in the envelope. */
export function inEnvelope<Data>(data: Data) {
  return { success: true as const, data, error: null };
}
