import { z } from 'zod';
import { isStorable } from '../../graph/core/timestamps.ts';

/** A whole number in a path or query, within bounds. */
export function integer(min: number, max: number) {
  return z
    .string('must be given once')
    .regex(/^-?\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
}

/** A moment in a query: RFC 3339, or a bare date, which is its midnight in UTC. */
export const time = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be an RFC 3339 time')
  .transform((text) => new Date(text))
  .refine(isStorable, 'must be in the years 1 to 9999')
  .transform((date) => date.toISOString());
