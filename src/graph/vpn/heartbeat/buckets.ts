const bucketMs = 5 * 60_000;
const historyMs = 24 * 3600_000;

/** The start of the five minutes that a moment is in. */
export function bucketStart(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / bucketMs) * bucketMs);
}

/** The start of the oldest bucket of the last 24 hours. */
export function historyStart(now: Date): Date {
  return bucketStart(new Date(now.getTime() - historyMs + bucketMs));
}
