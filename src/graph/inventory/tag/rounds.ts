/**
 * Merges, one after the other, as few sets of new names that each can be given at once: in none is
 * a new name also an old one. One set, unless a name goes and another tag is then called by it.
 */
export function roundsOf(
  merges: readonly { readonly from: readonly string[]; readonly to: string }[],
): ReadonlyMap<string, string>[] {
  const rounds: Map<string, string>[] = [];
  let round = new Map<string, string>();
  for (const { from, to } of merges) {
    if (round.has(to)) {
      rounds.push(round);
      round = new Map();
    }
    const gone = new Set(from);
    for (const [old, name] of round) if (gone.has(name)) round.set(old, to);
    for (const tag of gone) if (tag !== to && !round.has(tag)) round.set(tag, to);
  }
  return [...rounds, round].filter(({ size }) => size > 0);
}
