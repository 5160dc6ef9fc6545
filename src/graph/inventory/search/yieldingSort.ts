import type { Compare } from './itemOrder.ts';
import { type Pace, yieldingEach } from './scheduler.ts';

/** So many are sorted at once, in about a millisecond. */
const runLength = 512;

/** Two sorted lists as one. */
export async function yieldingMerge<Thing>(
  some: readonly Thing[],
  others: readonly Thing[],
  compare: Compare<Thing>,
  pace: Pace,
): Promise<Thing[]> {
  const all: Thing[] = [];
  let at = 0;
  await yieldingEach(some, pace, (thing) => {
    for (let next = others[at]; at < others.length && compare(next as Thing, thing) < 0; next = others[at]) {
      all.push(next as Thing);
      at += 1;
    }
    all.push(thing);
  });
  return all.concat(others.slice(at));
}

/** A sorted copy of a list. Sorting a hundred thousand names at once would hold up everybody. */
export async function yieldingSort<Thing>(
  list: readonly Thing[],
  compare: Compare<Thing>,
  pace: Pace,
): Promise<Thing[]> {
  let runs: Thing[][] = [];
  for (let from = 0; from < list.length; from += runLength) {
    runs.push(list.slice(from, from + runLength).sort(compare));
    if (pace.isDue()) await pace.rest();
  }
  while (runs.length > 1) {
    const merged: Thing[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [run = [], next] = runs.slice(at, at + 2);
      merged.push(next ? await yieldingMerge(run, next, compare, pace) : run);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}
