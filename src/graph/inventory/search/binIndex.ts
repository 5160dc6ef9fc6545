import { foldCase } from '../../core/text/search.ts';
import { idBytes, listBytes, mapEntryBytes, objectBytes, textBytes } from './bytes.ts';
import type { FuzzyQuery } from './fuzzy.ts';
import { type Pace, yieldingEach } from './scheduler.ts';
import { holdsMatch, Vocabulary } from './vocabulary.ts';

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
  /** In the form of `foldCase`. */
  readonly text: string;
  /** The numbers of its words. */
  readonly words: readonly number[];
  areaId: string | null;
}

/** An entry, its moment, its area's id and its place in the map. */
const entryBytes = objectBytes(5) + 3 * idBytes + mapEntryBytes;

/** The areas whose names match. */
export function matchingAreas(areas: ReadonlyMap<string, string>, query: FuzzyQuery): Set<string> {
  return new Set([...areas].flatMap(([id, name]) => (query.inLine(name) ? [id] : [])));
}

/**
 * The words of a location's bins, to be searched without reading them again. Whoever refreshes or
 * searches it has it alone until that is done: both rest in between.
 */
export class BinIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #words = new Vocabulary();
  #areas: ReadonlyMap<string, string> = new Map();
  #entriesBytes = 0;
  #areasBytes = 0;

  /** What it takes in memory. */
  get bytes(): number {
    return this.#entriesBytes + this.#areasBytes + this.#words.bytes;
  }

  /**
   * Drops the bins that are no longer there, and answers the ids of those whose texts have to be read:
   * new ones, changed ones, and those changed as lately as `youngSince`, which may have changed once
   * more within the same millisecond.
   */
  async outdated(marks: readonly BinMark[], youngSince: string, pace: Pace): Promise<string[]> {
    const present = new Set(marks.map(({ id }) => id));
    await yieldingEach(this.#entries.values(), pace, (entry) => {
      if (!present.has(entry.id)) this.#drop(entry);
    });
    return marks.flatMap(({ id, updatedAt, areaId }) => {
      const entry = this.#entries.get(id);
      if (entry?.updatedAt !== updatedAt || updatedAt >= youngSince) return [id];
      entry.areaId = areaId;
      return [];
    });
  }

  /**
   * Takes texts in, in the place of older ones of the same bins, and the areas' names by their ids.
   * False as soon as the index is larger than `maxBytes`; it is of no use then.
   */
  async refresh(
    texts: readonly BinText[],
    marks: ReadonlyMap<string, BinMark>,
    areas: ReadonlyMap<string, string>,
    { maxBytes, pace }: { readonly maxBytes: number; readonly pace: Pace },
  ): Promise<boolean> {
    this.#areas = areas;
    this.#areasBytes = 0;
    for (const name of areas.values()) this.#areasBytes += mapEntryBytes + idBytes + textBytes(name);
    for (const { id, text } of texts) {
      const mark = marks.get(id);
      const old = this.#entries.get(id);
      if (old) this.#drop(old);
      if (mark) this.#add(mark, foldCase(text));
      if (this.bytes > maxBytes) return false;
      if (pace.isDue()) await pace.rest();
    }
    return this.bytes <= maxBytes;
  }

  /** The ids of the bins that match. */
  async search(query: FuzzyQuery, pace: Pace): Promise<string[]> {
    const words = await this.#words.matching(query, pace);
    const areas = matchingAreas(this.#areas, query);
    const found: string[] = [];
    await yieldingEach(this.#entries.values(), pace, (entry) => {
      const isFound =
        holdsMatch(entry.words, words) ||
        query.inText(entry.text) ||
        (entry.areaId !== null && areas.has(entry.areaId));
      if (isFound) found.push(entry.id);
    });
    return found;
  }

  #add({ id, updatedAt, areaId }: BinMark, text: string): void {
    const entry: Entry = { id, updatedAt, areaId, text, words: this.#words.learn(text) };
    this.#entries.set(id, entry);
    this.#entriesBytes += bytesOf(entry);
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry.id);
    this.#entriesBytes -= bytesOf(entry);
    this.#words.forget(entry.words);
  }
}

const bytesOf = ({ text, words }: Entry): number => entryBytes + textBytes(text) + listBytes(words);
