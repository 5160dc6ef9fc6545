/** Bounds how many keys are counted in memory. */
export interface KeyBudget {
  /** Notes that a key is in use; may forget another one to make room. */
  touch(id: string, use: KeyUse): void;
  /** Notes that a key is gone. */
  drop(id: string): void;
  size(): number;
}

/** What decides whether a key may be forgotten. */
export interface KeyUse {
  /** Share of its limit that the key has used: 1 is all of it. */
  readonly usedShare: number;
  readonly expiresAtMs: number;
  /** Removes the key's count. */
  readonly forget: () => void;
}

/** Keys that have used less than this share of their limit go first, then those below the next one. */
const TIERS = [0, 0.05, 0.25, 0.5, 1, Number.POSITIVE_INFINITY];

/**
 * Makes a budget of `maxKeys`. When it is full, an eighth goes: expired keys, then the least used ones, longest
 * untouched first. A flood of fresh keys thus pushes out its own, not the count of an account that is just being
 * guessed at. An eighth at once, because finding the right one costs a walk over all.
 */
export function createKeyBudget(maxKeys: number): KeyBudget {
  // A Map keeps the order of insertion; touching re-inserts, so the longest untouched come first.
  const keys = new Map<string, KeyUse>();

  function makeRoom(): void {
    const target = maxKeys - Math.max(1, Math.floor(maxKeys / 8));
    const nowMs = Date.now();
    for (const tier of TIERS) {
      for (const [id, use] of keys) {
        if (keys.size <= target) return;
        if (use.usedShare >= tier && use.expiresAtMs > nowMs) continue;
        keys.delete(id);
        use.forget();
      }
    }
  }

  return {
    touch(id, use) {
      keys.delete(id);
      if (keys.size >= maxKeys) makeRoom();
      keys.set(id, use);
    },
    drop: (id) => void keys.delete(id),
    size: () => keys.size,
  };
}
