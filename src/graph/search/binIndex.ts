import { type FuzzyQuery, wordsOf } from './fuzzy.ts';

/** A bin's words: everything that a search looks at, one field or item a line. */
export interface BinText {
  readonly id: string;
  readonly text: string;
}

/** The words of a location's bins, to be searched without reading them again. */
export interface BinIndex {
  /** Characters that it holds. */
  readonly size: number;
  /** The ids of the bins that match. */
  search(query: FuzzyQuery): string[];
}

/** Makes the index of these bins. Each word is kept once, so that a search compares each word once. */
export function createBinIndex(bins: readonly BinText[]): BinIndex {
  const texts = bins.map(({ text }) => text.toLowerCase());
  const binsByWord = new Map<string, number[]>();
  let size = 0;
  for (const [at, text] of texts.entries()) {
    size += text.length;
    for (const word of new Set(wordsOf(text))) {
      const holders = binsByWord.get(word);
      if (holders) holders.push(at);
      else binsByWord.set(word, [at]);
    }
  }
  return {
    size,
    search({ inText, isWord }) {
      const found = new Set<number>();
      for (const [at, text] of texts.entries()) if (inText(text)) found.add(at);
      for (const [word, holders] of binsByWord) {
        if (isWord(word)) for (const at of holders) found.add(at);
      }
      return [...found].map((at) => (bins[at] as BinText).id);
    },
  };
}
