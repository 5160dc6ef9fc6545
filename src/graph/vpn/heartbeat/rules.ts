const bucketMs = 5 * 60_000;
const historyMs = 24 * 3600_000;

/** How many times five minutes a history has at most. */
export const maxBuckets = historyMs / bucketMs;

/**
 * The largest bandwidth that is taken. A bucket sums up what is reported: two figures near the end of
 * the floating-point range would overflow it, and then neither it nor the next heartbeat could be answered.
 */
export const maxBandwidth = 1e15;

/** The start of the five minutes that a moment is in. */
export function bucketStart(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / bucketMs) * bucketMs);
}

/** The start of the oldest bucket of the last 24 hours. */
export function historyStart(now: Date): Date {
  return bucketStart(new Date(now.getTime() - historyMs + bucketMs));
}
