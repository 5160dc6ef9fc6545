/** Queries of at most so many characters match only where a word begins. */
const shortLength = 2;
/** Up to this length one slip is forgiven, beyond it two. */
const strictLength = 4;
/** How much longer than the query a word may be before the rest of it is not looked at. */
const slack = 2;
const separators = /[\s\-_,./]+/;

/** A word in lower case, and which letters it has, folded to 32 bits. */
export interface Word {
  readonly text: string;
  readonly letters: number;
}

/** The words of a text, in lower case. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(separators).filter(Boolean);
}

/** A word made ready to be compared. */
export function wordOf(text: string): Word {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return { text, letters };
}

/** Whether more than `most` bits are set. */
function hasMoreBits(bits: number, most: number): boolean {
  let left = bits;
  for (let cleared = 0; cleared < most && left !== 0; cleared += 1) left &= left - 1;
  return left !== 0;
}

/**
 * Whether two words differ by at most `most` insertions, deletions and replacements (Levenshtein).
 * Takes time by the length of one word: it looks at just those beginnings of the two whose lengths
 * differ by at most `most`, as all others differ by more than that.
 */
export function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  const tooMuch = most + 1;
  // By `at`: what turns the beginning of `a` as far as `i` into that of `b` as far as `i + at - most`.
  const costs = Array.from({ length: 2 * most + 1 }, (_, at) => (at < most ? tooMuch : at - most));
  for (let i = 1; i <= a.length; i++) {
    let least = tooMuch;
    let inserted = tooMuch;
    for (let at = 0; at < costs.length; at++) {
      const j = i + at - most;
      const replaced = (costs[at] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const removed = (costs[at + 1] ?? tooMuch) + 1;
      const cost = j < 0 || j > b.length ? tooMuch : j === 0 ? i : Math.min(replaced, removed, inserted);
      costs[at] = cost;
      inserted = cost + 1;
      if (cost < least) least = cost;
    }
    if (least > most) return false;
  }
  return (costs[b.length - a.length + most] as number) <= most;
}

/** How a query matches, in two parts, so that an index can ask each of them once. */
export interface FuzzyQuery {
  /** Whether a text in lower case holds the query itself; never for short queries. */
  inText(lowerText: string): boolean;
  /** Whether a word begins with the query, or nearly is it. */
  isWord(word: Word): boolean;
  /** Both at once, about a text in any case. */
  inLine(text: string): boolean;
}

/** The parts of a query (OpenBin 10.6); null for one that is blank, which matches everything. */
export function fuzzyQuery(query: string): FuzzyQuery | null {
  const wanted = wordOf(query.trim().toLowerCase());
  const { length } = wanted.text;
  if (length === 0) return null;
  const slips = length <= shortLength ? 0 : length <= strictLength ? 1 : 2;
  const inText = (text: string) => length > shortLength && text.includes(wanted.text);
  const isNearly = ({ text, letters }: Word) =>
    // Each slip makes up for one letter that the other word has not: most words are told apart by that alone.
    !hasMoreBits(wanted.letters & ~letters, slips) &&
    isWithin(wanted.text, text.slice(0, length + slack), slips);
  const isWord = (word: Word) => word.text.startsWith(wanted.text) || (slips > 0 && isNearly(word));
  return {
    inText,
    isWord,
    inLine: (text) => inText(text.toLowerCase()) || wordsOf(text).some((word) => isWord(wordOf(word))),
  };
}

/** Whether texts match a query (OpenBin 10.6). */
export function fuzzyMatcher(query: string): (text: string) => boolean {
  return fuzzyQuery(query)?.inLine ?? (() => true);
}
