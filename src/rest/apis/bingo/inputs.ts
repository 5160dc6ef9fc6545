import { z } from 'zod';
import { integer } from '../../engine/parameters.ts';

/** A rule of the graph about a value; the graph checks it too, but only here it is checked in the order of the body. */
interface Rule<Value> {
  readonly message: string;
  readonly accepts: (value: Value) => boolean;
}

/** A text that keeps a rule, trimmed where the graph trims it. */
export function text({ message, accepts }: Rule<string>) {
  return z.string('must be a string').refine((value) => accepts(value.trim()), message);
}

/** The same without regard to case. */
export function caseless({ message, accepts }: Rule<string>) {
  return z.string('must be a string').refine((value) => accepts(value.trim().toLowerCase()), message);
}

/** A text that is taken as it is. */
export function exact({ message, accepts }: Rule<string>) {
  return z.string('must be a string').refine(accepts, message);
}

/** A whole number that keeps a rule. */
export function whole({ message, accepts }: Rule<number>) {
  return z.int('must be a whole number').refine(accepts, message);
}

export const flag = z.boolean('must be true or false');

/** A body of which any field may be left out, but not all. */
export function someOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject(shape)
    .partial()
    .refine((body) => Object.keys(body).length > 0, 'Give at least one field to change.');
}

const largestId = 2 ** 31 - 1;

/**
 * An id in a path. What cannot be one becomes 0, which nothing has: the answer is then the same 404
 * as for an id that is not there.
 */
export const id = z
  .string()
  .transform((value) => (/^[1-9]\d{0,9}$/.test(value) && Number(value) <= largestId ? Number(value) : 0));

/** An id in a body. */
export const bodyId = z.int('must be a whole number').min(1, 'must be an id').max(largestId, 'must be an id');

/** The page size unless one is given. */
export const defaultPageSize = 20;
const maxPageSize = 100;
/** The largest whose offset the graph takes. */
const maxPage = 1_000_000;

/** `?page=` and `?page_size=`. */
export const page = {
  page: integer(1, maxPage).default(1),
  page_size: integer(1, maxPageSize).default(defaultPageSize),
};

/** The same as the graph takes it. */
export function part({ page, page_size }: { readonly page: number; readonly page_size: number }) {
  return { offset: (page - 1) * page_size, first: page_size };
}

/** A yes or no in a query. */
export const queryFlag = z
  .enum(['true', 'false', '1', '0'], 'must be true or false')
  .transform((value) => value === 'true' || value === '1');
