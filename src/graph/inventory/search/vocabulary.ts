import { mapEntryBytes, placeBytes, textBytes } from './bytes.ts';
import { type FuzzyQuery, lettersOf, maxWordLength, wordsOf } from './fuzzy.ts';
import type { Pace } from './scheduler.ts';

/** Up to this length V8 copies a part of a text; a longer part keeps the whole text in memory. */
const copiedLength = 12;
const bytesBeside = mapEntryBytes + 3 * placeBytes + 8;

/** Which words a query matches, by their numbers. */
export type Matches = Uint8Array;

/**
 * The different words of an index, each known by a number and kept once, so that a search compares
 * each word once, however many texts have it. A number costs its holders 8 bytes; lists of holders
 * would cost some hundred a word.
 */
export class Vocabulary {
  readonly #numbers = new Map<string, number>();
  readonly #words: string[] = [];
  readonly #letters: number[] = [];
  readonly #holders: number[] = [];
  readonly #free: number[] = [];
  /** What it takes in memory. */
  bytes = 0;

  /** The numbers of the words of a text in the form of `foldCase`, each once. What is learnt has to be forgotten. */
  learn(text: string): number[] {
    const numbers = new Set<number>();
    for (const word of wordsOf(text)) numbers.add(this.#numberOf(word.slice(0, maxWordLength)));
    for (const number of numbers) this.#holders[number] = (this.#holders[number] ?? 0) + 1;
    return Array.from(numbers);
  }

  /** Takes back what `learn` answered. */
  forget(numbers: readonly number[]): void {
    for (const number of numbers) {
      const left = (this.#holders[number] ?? 0) - 1;
      this.#holders[number] = left;
      if (left === 0) this.#drop(number);
    }
  }

  /** The words that match; undefined when none does. */
  async matching(query: FuzzyQuery, pace: Pace): Promise<Matches | undefined> {
    if (!query.asksWords) return undefined;
    const matches = new Uint8Array(this.#words.length);
    let isAny = false;
    for (let number = 0; number < matches.length; number += 1) {
      const word = this.#words[number] as string;
      if (query.isWord(word, this.#letters[number] as number) && word !== '') {
        matches[number] = 1;
        isAny = true;
      }
      if (number % 64 === 0 && pace.isDue()) await pace.rest();
    }
    return isAny ? matches : undefined;
  }

  #numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#free.pop() ?? this.#words.length;
    const own = word.length > copiedLength ? (JSON.parse(JSON.stringify(word)) as string) : word;
    this.#numbers.set(own, number);
    this.#words[number] = own;
    this.#letters[number] = lettersOf(own);
    this.#holders[number] = 0;
    this.bytes += textBytes(own) + bytesBeside;
    return number;
  }

  #drop(number: number): void {
    const word = this.#words[number] as string;
    this.#numbers.delete(word);
    this.#words[number] = '';
    this.#free.push(number);
    this.bytes -= textBytes(word) + bytesBeside;
  }
}

/** Whether a word of these is among those that match. */
export function holdsMatch(numbers: readonly number[], matches: Matches | undefined): boolean {
  if (!matches) return false;
  for (const number of numbers) if (matches[number] === 1) return true;
  return false;
}
