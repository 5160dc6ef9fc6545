/** A limit: `points` per fixed window, which begins with a key's first use. */
export interface BucketOptions {
  readonly name: string;
  readonly points: number;
  readonly windowSeconds: number;
}

/** Points used in the current window, and how long it lasts. */
export interface Count {
  readonly consumed: number;
  readonly msLeft: number;
}

/** Counts points by key; `add` takes negative points and stops at 0. */
export interface Counter {
  add(key: string, points: number): Promise<Count>;
  get(key: string): Promise<Count | undefined>;
  clear(key: string): Promise<void>;
}
