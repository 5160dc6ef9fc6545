/**
 * The largest bandwidth that is taken. A bucket sums up what is reported: two figures near the end of
 * the floating-point range would overflow it, and then neither it nor the next heartbeat could be answered.
 */
export const maxBandwidth = 1e15;

/** What is wrong with a reported bandwidth, if anything. */
export function bandwidthFault(value: number): string | undefined {
  if (value < 0) return 'must be 0 or more';
  return value > maxBandwidth ? `must be at most ${maxBandwidth}` : undefined;
}
