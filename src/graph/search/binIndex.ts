import { type FuzzyQuery, type Word, wordOf, wordsOf } from './fuzzy.ts';

/** What tells whether an entry of the index is still right. */
export interface BinMark {
  readonly id: string;
  /** Comparable as text. */
  readonly updatedAt: string;
  readonly areaId: string | null;
}

/** A bin's words: everything that a search looks at but its area, one field or item a line. */
export interface BinText {
  readonly id: string;
  readonly text: string;
}

interface Entry {
  readonly id: string;
  readonly updatedAt: string;
  readonly text: string;
  readonly words: readonly string[];
  areaId: string | null;
}

interface KnownWord {
  readonly word: Word;
  readonly holders: Set<Entry>;
}

/**
 * The words of a location's bins, to be searched without reading them again. Each word is kept once,
 * so that a search compares each word once, however many bins have it.
 */
export class BinIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #words = new Map<string, KnownWord>();
  #areas: ReadonlyMap<string, string> = new Map();
  /** Characters that it holds. */
  size = 0;

  /**
   * Drops the bins that are no longer there, and answers the ids of those whose texts have to be read:
   * new ones, changed ones, and those changed as lately as `youngSince`, which may have changed once
   * more within the same millisecond.
   */
  outdated(marks: readonly BinMark[], youngSince: string): string[] {
    const present = new Set(marks.map(({ id }) => id));
    for (const [id, entry] of this.#entries) if (!present.has(id)) this.#drop(entry);
    return marks.flatMap(({ id, updatedAt, areaId }) => {
      const entry = this.#entries.get(id);
      if (entry?.updatedAt !== updatedAt || updatedAt >= youngSince) return [id];
      entry.areaId = areaId;
      return [];
    });
  }

  /** Takes texts in, in the place of older ones of the same bins, and the areas' names by their ids. */
  refresh(
    texts: readonly BinText[],
    marks: ReadonlyMap<string, BinMark>,
    areas: ReadonlyMap<string, string>,
  ): void {
    this.#areas = areas;
    for (const { id, text } of texts) {
      const mark = marks.get(id);
      const old = this.#entries.get(id);
      if (old) this.#drop(old);
      if (mark) this.#add({ ...mark, text: text.toLowerCase(), words: [...new Set(wordsOf(text))] });
    }
  }

  /** The ids of the bins that match. */
  search({ inText, isWord, inLine }: FuzzyQuery): string[] {
    const found = new Set<Entry>();
    for (const { word, holders } of this.#words.values()) {
      if (isWord(word)) for (const entry of holders) found.add(entry);
    }
    const areas = new Set([...this.#areas].flatMap(([id, name]) => (inLine(name) ? [id] : [])));
    for (const entry of this.#entries.values()) {
      if (inText(entry.text) || (entry.areaId !== null && areas.has(entry.areaId))) found.add(entry);
    }
    return Array.from(found, ({ id }) => id);
  }

  #add(entry: Entry): void {
    this.#entries.set(entry.id, entry);
    this.size += entry.text.length;
    for (const text of entry.words) {
      const known = this.#words.get(text);
      if (known) known.holders.add(entry);
      else this.#words.set(text, { word: wordOf(text), holders: new Set([entry]) });
    }
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry.id);
    this.size -= entry.text.length;
    for (const text of entry.words) {
      const known = this.#words.get(text);
      known?.holders.delete(entry);
      if (known?.holders.size === 0) this.#words.delete(text);
    }
  }
}
