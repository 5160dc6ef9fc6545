/** The middle value; the mean of the two in the middle when there is no single one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Round by round, how many times as fast the first was as the second. */
export function ratios(first: readonly number[], second: readonly number[]): number[] {
  return first.map((value, round) => value / (second[round] ?? Number.NaN));
}
