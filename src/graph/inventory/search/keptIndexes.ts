/** An index that is kept in memory. */
export interface KeptIndex {
  /** What it takes there. */
  readonly bytes: number;
}

/** What is known of a location. */
export interface Kept<Index> {
  /** The location's `lockSequence` when it was made; every change of what is searched raises that, on whichever instance. */
  readonly version: number;
  /** Null for a location that is too large for one. */
  readonly index: Index | null;
  readonly madeAtMs: number;
}

/** What it takes to know that a location is there. */
const noteBytes = 300;
const bytesOf = ({ index }: Kept<KeptIndex>): number => noteBytes + (index?.bytes ?? 0);

/** Keeps what is known of the locations that were searched last, up to a number of bytes. */
export class KeptIndexes<Index extends KeptIndex> {
  readonly #kept = new Map<string, { readonly value: Kept<Index>; readonly bytes: number }>();
  readonly #maxBytes: number;
  /** What it takes in memory. */
  bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Gives out what is known of a location and keeps it no longer: whoever changes it puts it back. */
  take(locationId: string): Kept<Index> | undefined {
    const found = this.#kept.get(locationId);
    if (!found) return undefined;
    this.#kept.delete(locationId);
    this.bytes -= found.bytes;
    return found.value;
  }

  /** Keeps what is known of a location as the one used last, and drops what was used longest ago. */
  put(locationId: string, value: Kept<Index>): void {
    this.take(locationId);
    const bytes = bytesOf(value);
    this.#kept.set(locationId, { value, bytes });
    this.bytes += bytes;
    for (const id of this.#kept.keys()) {
      if (this.bytes <= this.#maxBytes) return;
      this.take(id);
    }
  }
}
