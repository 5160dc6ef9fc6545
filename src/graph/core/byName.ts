import { foldCase } from './text/search.ts';

/** Orders by name without regard to case; equal names by id, so that the order is always the same. */
export function byName(
  a: { readonly name: string; readonly id: string },
  b: { readonly name: string; readonly id: string },
): number {
  const [left, right] = [foldCase(a.name), foldCase(b.name)];
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
