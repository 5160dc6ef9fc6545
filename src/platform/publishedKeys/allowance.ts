/** A few at once, then one at a time. */
export interface Allowance {
  /** True when one may be used, and uses it. */
  take(): boolean;
}

/** `size` at once, and one more every `regainMs`. */
export function createAllowance({
  size,
  regainMs,
  now,
}: {
  size: number;
  regainMs: number;
  now: () => number;
}): Allowance {
  let left = size;
  let countedAtMs = now();
  return {
    take() {
      const regained = Math.floor((now() - countedAtMs) / regainMs);
      if (regained > 0) {
        left = Math.min(size, left + regained);
        countedAtMs += regained * regainMs;
      }
      if (left === 0) return false;
      left -= 1;
      return true;
    },
  };
}
