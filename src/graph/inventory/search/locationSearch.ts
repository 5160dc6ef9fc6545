import { type Budget, searchBudget } from './bytes.ts';
import { type Kept, type KeptIndex, KeptIndexes } from './keptIndexes.ts';
import { createKeyedMutex } from './keyedMutex.ts';
import type { Pace, Scheduler } from './scheduler.ts';

const youngMs = 2000;

/** Of what was changed at this moment or later, more may be written within the same millisecond. */
export const youngSince = (): string => new Date(Date.now() - youngMs).toISOString();

/** How long a location that was too large is not looked at again: to begin an index and to drop it costs time. */
const tooLargeMs = 60_000;

/** Where somebody searches. */
export interface SearchedPlace {
  readonly locationId: string;
  /** What `searchVersion` answered before. */
  readonly version: number;
  /** Who searches. */
  readonly accountId: string;
}

/** How far an index may grow, and what to rest by meanwhile. */
export interface Growth {
  readonly maxBytes: number;
  readonly pace: Pace;
}

/** What is searched, in two ways that answer the same. */
export interface Searched<Index, Query, Answer> {
  /** Brings an index up to date, or makes one; null for a location that would need more than `maxBytes`. */
  update(locationId: string, before: Index | null, growth: Growth): Promise<Index | null>;
  /** By the index. */
  search(index: Index, query: Query, pace: Pace): Promise<Answer>;
  /** By reading the location in small parts, none of which is kept. */
  stream(locationId: string, query: Query, pace: Pace): Promise<Answer>;
}

/** Searches in locations. Throws OVERLOADED when too many searches wait already. */
export interface LocationSearch<Query, Answer> {
  (place: SearchedPlace, query: Query): Promise<Answer>;
  /** What is kept in memory. */
  keptBytes(): number;
}

/**
 * Searches by an index where the location is small enough for one. Refreshes and searches of one
 * location go one after the other: they rest in between, and none may see what another has half done.
 */
export function createLocationSearch<Index extends KeptIndex, Query, Answer>(
  scheduler: Scheduler,
  { update, search, stream }: Searched<Index, Query, Answer>,
  { totalBytes, locationBytes }: Budget = searchBudget,
): LocationSearch<Query, Answer> {
  const kept = new KeptIndexes<Index>(totalBytes);
  const mutex = createKeyedMutex();
  const isRight = ({ version, index, madeAtMs }: Kept<Index>, wanted: number) =>
    version >= wanted || (index === null && performance.now() - madeAtMs < tooLargeMs);

  async function indexOf({ locationId, version }: SearchedPlace, pace: Pace): Promise<Index | null> {
    const old = kept.take(locationId);
    if (old && isRight(old, version)) {
      kept.put(locationId, old);
      return old.index;
    }
    // If it fails nothing is kept, and the next search makes the index anew.
    const index = await update(locationId, old?.index ?? null, { maxBytes: locationBytes, pace });
    kept.put(locationId, { version, index, madeAtMs: performance.now() });
    return index;
  }

  const scheduled = (place: SearchedPlace, query: Query) =>
    mutex(place.locationId, () =>
      scheduler.run(place.accountId, async ({ pace, alone }) => {
        const index = await indexOf(place, alone);
        return index ? search(index, query, pace) : stream(place.locationId, query, pace);
      }),
    );
  return Object.assign(scheduled, { keptBytes: () => kept.bytes });
}
