const maxCharacters = 64_000_000;

/** An index that is kept in memory. */
export interface KeptIndex {
  /** Characters that it holds. */
  readonly size: number;
}

const youngMs = 2000;

/** Of what was changed at this moment or later, more may be written within the same millisecond. */
export const youngSince = (): string => new Date(Date.now() - youngMs).toISOString();

interface Kept<Index> {
  readonly version: number;
  readonly index: Promise<Index>;
  size: number;
}

/**
 * Answers the index of a location as of a version, which is the location's `lockSequence`: every change
 * of what is searched raises it, on whichever instance. One that is older is brought up to date by
 * `update`, one update after the other, or made anew. Keeps the indexes that were used last, up to a
 * number of characters.
 */
export function keepIndexes<Index extends KeptIndex>(
  update: (locationId: string, before: Index | undefined) => Promise<Index>,
): (locationId: string, version: number) => Promise<Index> {
  const kept = new Map<string, Kept<Index>>();

  /** Drops what was used longest ago, but never the one that was used last. */
  function shrink(): void {
    let total = 0;
    for (const { size } of kept.values()) total += size;
    for (const [id, { size }] of kept) {
      if (total <= maxCharacters || kept.size === 1) return;
      kept.delete(id);
      total -= size;
    }
  }

  return (locationId, version) => {
    const old = kept.get(locationId);
    kept.delete(locationId);
    if (old && old.version >= version) {
      kept.set(locationId, old);
      return old.index;
    }
    const before = old?.index.catch(() => undefined) ?? Promise.resolve(undefined);
    const index = before.then((found) => update(locationId, found));
    const entry: Kept<Index> = { version, index, size: old?.size ?? 0 };
    kept.set(locationId, entry);
    index.then(
      ({ size }) => {
        entry.size = size;
        shrink();
      },
      () => {
        if (kept.get(locationId) === entry) kept.delete(locationId);
      },
    );
    return index;
  };
}
