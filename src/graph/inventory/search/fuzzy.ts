import { foldCase } from '../../core/text/search.ts';

/** Queries of at most so many characters match only where a word begins. */
const shortLength = 2;
/** Up to this length one slip is forgiven, beyond it two. */
const strictLength = 4;
/** How much longer than the query a word may be before the rest of it is not looked at. */
const slack = 2;
/**
 * Beyond this length no slip is forgiven. No word of a language is as long, and what a comparison takes
 * grows with it: a query of 500 letters that nearly is every word was a stall.
 */
export const maxForgivenLength = 64;
/** A word's letters beyond these never matter to whether a query matches. */
export const maxWordLength = maxForgivenLength + slack;
const separators = /[\s\-_,./]+/;

/** The words of a text in the form of `foldCase`. */
export function wordsOf(text: string): string[] {
  return text.split(separators).filter(Boolean);
}

/** Which letters a text has, folded to 32 bits. */
export function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

/** Whether more than `most` bits are set. */
function hasMoreBits(bits: number, most: number): boolean {
  let left = bits;
  for (let cleared = 0; cleared < most && left !== 0; cleared += 1) left &= left - 1;
  return left !== 0;
}

/** What `isWithin` counts in; no call of it is ever within another. */
const costs: number[] = [];

/**
 * Whether two words differ by at most `most` insertions, deletions and replacements (Levenshtein).
 * Takes time by the length of one word: it looks at just those beginnings of the two whose lengths
 * differ by at most `most`, as all others differ by more than that.
 */
export function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  const tooMuch = most + 1;
  const width = 2 * most + 1;
  // By `at`: what turns the beginning of `a` as far as `i` into that of `b` as far as `i + at - most`.
  for (let at = 0; at < width; at++) costs[at] = at < most ? tooMuch : at - most;
  costs[width] = tooMuch;
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1);
    let least = tooMuch;
    let inserted = tooMuch;
    for (let at = 0; at < width; at++) {
      const j = i + at - most;
      let cost = tooMuch;
      if (j === 0) cost = i;
      else if (j > 0 && j <= b.length) {
        const replaced = (costs[at] as number) + (letter === b.charCodeAt(j - 1) ? 0 : 1);
        const removed = (costs[at + 1] as number) + 1;
        cost = Math.min(replaced, removed, inserted);
      }
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
  /** Whether a text in the form of `foldCase` holds the query itself; never for short queries. */
  inText(lowerText: string): boolean;
  /** Whether words have to be asked at all: not where only the query itself matches, wherever it is. */
  readonly asksWords: boolean;
  /** Whether a word in that form, with these letters, begins with the query, or nearly is it. */
  isWord(word: string, letters: number): boolean;
  /** Both at once, about a text as it is stored. */
  inLine(text: string): boolean;
}

/** How many slips a query of so many characters is forgiven. */
function slipsOf(length: number): number {
  if (length <= shortLength || length > maxForgivenLength) return 0;
  return length <= strictLength ? 1 : 2;
}

/** The parts of a query (OpenBin 10.6); null for one that is blank, which matches everything. */
export function fuzzyQuery(query: string): FuzzyQuery | null {
  const wanted = foldCase(query).trim();
  const wantedLetters = lettersOf(wanted);
  const { length } = wanted;
  if (length === 0) return null;
  const slips = slipsOf(length);
  const asksWords = length <= maxForgivenLength;
  const inText = (text: string) => length > shortLength && text.includes(wanted);
  const isNearly = (word: string, letters: number) =>
    // Each slip makes up for one letter that the other word has not: most words are told apart by that alone.
    !hasMoreBits(wantedLetters & ~letters, slips) && isWithin(wanted, word.slice(0, length + slack), slips);
  const isWord = (word: string, letters: number) =>
    word.startsWith(wanted) || (slips > 0 && isNearly(word, letters));
  return {
    inText,
    asksWords,
    isWord,
    inLine: (text) => {
      const folded = foldCase(text);
      return inText(folded) || (asksWords && wordsOf(folded).some((word) => isWord(word, lettersOf(word))));
    },
  };
}

/** Whether texts match a query (OpenBin 10.6). */
export function fuzzyMatcher(query: string): (text: string) => boolean {
  return fuzzyQuery(query)?.inLine ?? (() => true);
}
