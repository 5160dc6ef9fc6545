/** Queries of at most so many characters match only where a word begins. */
const shortLength = 2;
/** Up to this length one slip is forgiven, beyond it two. */
const strictLength = 4;
/** How much longer than the query a word may be before the rest of it is not looked at. */
const slack = 2;
const separators = /[\s\-_,./]+/;

/** The words of a text, in lower case. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(separators).filter(Boolean);
}

/** Whether two words differ by at most `most` insertions, deletions and replacements (Levenshtein). */
export function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const cost = Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return false;
    row = next;
  }
  return (row[b.length] as number) <= most;
}

/** How a query matches, in two parts, so that an index can ask each of them once. */
export interface FuzzyQuery {
  /** Whether a text in lower case holds the query itself; never for short queries. */
  inText(lowerText: string): boolean;
  /** Whether a word in lower case begins with the query, or nearly is it. */
  isWord(word: string): boolean;
}

/** The parts of a query (OpenBin 10.6); null for one that is blank, which matches everything. */
export function fuzzyQuery(query: string): FuzzyQuery | null {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return null;
  const isShort = wanted.length <= shortLength;
  const slips = wanted.length <= strictLength ? 1 : 2;
  return {
    inText: (text) => !isShort && text.includes(wanted),
    isWord: (word) =>
      word.startsWith(wanted) || (!isShort && isWithin(wanted, word.slice(0, wanted.length + slack), slips)),
  };
}

/** Whether texts match a query (OpenBin 10.6). */
export function fuzzyMatcher(query: string): (text: string) => boolean {
  const parts = fuzzyQuery(query);
  if (!parts) return () => true;
  return (text) => parts.inText(text.toLowerCase()) || wordsOf(text).some(parts.isWord);
}
