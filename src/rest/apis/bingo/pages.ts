import { z } from 'zod';
import type { Place } from '../../engine/route.ts';
import { defaultPageSize } from './inputs.ts';

/** A list without pages ("Lists"). */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ count: z.int(), results: z.array(item) });
}

/** A list with pages. */
export function pagedListOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    count: z.int(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(item),
  });
}

function linkTo({ origin, base, path, query }: Place, page: number): string {
  const parameters = new URLSearchParams(query);
  parameters.set('page', String(page));
  return `${origin}${base}${path.endsWith('/') ? path : `${path}/`}?${parameters}`;
}

/** A page with the links to its neighbours, which keep filters and the way the call came in by. */
export function inPages<Item>(count: number, results: Item[], place: Place) {
  const parameters = new URLSearchParams(place.query);
  const page = Number(parameters.get('page') ?? 1);
  const size = Number(parameters.get('page_size') ?? defaultPageSize);
  const last = Math.max(1, Math.ceil(count / size));
  return {
    count,
    next: page < last ? linkTo(place, page + 1) : null,
    // Behind the end, the page before is the last one that there is.
    previous: page > 1 ? linkTo(place, Math.min(page - 1, last)) : null,
    results,
  };
}
