import { z } from 'zod';

const maxOffset = 2 ** 31 - 1;

/** A whole number within bounds, whatever was sent: the contract clamps, and takes the default for what is no number. */
function clamped(otherwise: number, min: number, max: number) {
  return z
    .unknown()
    .optional()
    .transform((value) => {
      const number =
        typeof value === 'string' && value.trim() !== '' ? Math.floor(Number(value)) : Number.NaN;
      return Number.isNaN(number) ? otherwise : Math.min(max, Math.max(min, number));
    });
}

/** `limit`. */
export const pageSize = (otherwise: number, max: number) => clamped(otherwise, 1, max);

/** `offset`. */
export const offset = clamped(0, 0, maxOffset);

/** The `count` of a list (S3): how many there are over all pages if a `limit` was given, else the rows. */
export const countOf = (query: string, results: readonly unknown[], totalCount: number): number =>
  new URLSearchParams(query).has('limit') ? totalCount : results.length;
