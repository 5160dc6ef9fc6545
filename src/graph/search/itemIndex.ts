import { type FuzzyQuery, type Word, wordOf, wordsOf } from './fuzzy.ts';

/** A bin and what decides who may see it. */
export interface IndexedBin {
  readonly id: string;
  readonly name: string;
  /** Who alone may see it; null for everybody. */
  readonly onlyFor: string | null;
}

/** An item of one of these bins. */
export interface IndexedItem {
  readonly id: string;
  readonly name: string;
  readonly quantity: number | null;
  readonly binId: string;
}

/** What a list of items is sorted by; what is equal follows by the name of the item. */
export type ItemSort = 'NAME' | 'BIN' | 'QUANTITY';

/** The names of a location's items and bins, to be searched without reading them again. */
export interface ItemIndex {
  /** Characters that it holds. */
  readonly size: number;
  /** The ids of the items that match by their own name or by their bin's, as far as somebody may see them, in order. */
  search(query: FuzzyQuery, accountId: string, sort: ItemSort, direction: 'ASC' | 'DESC'): string[];
}

/** Names with their words, each of which is kept once, so that a search compares each word once. */
function indexNames(names: readonly string[]) {
  const texts = names.map((name) => name.toLowerCase());
  const byWord = new Map<string, { readonly word: Word; readonly holders: number[] }>();
  for (const [at, text] of texts.entries()) {
    for (const word of new Set(wordsOf(text))) {
      const known = byWord.get(word);
      if (known) known.holders.push(at);
      else byWord.set(word, { word: wordOf(word), holders: [at] });
    }
  }
  return {
    /** For each name whether it matches. */
    matches({ inText, isWord }: FuzzyQuery): boolean[] {
      const found = texts.map(inText);
      for (const { word, holders } of byWord.values()) {
        if (isWord(word)) for (const at of holders) found[at] = true;
      }
      return found;
    },
  };
}

/** Makes the index of bins and items that come in the order of their names; that order is kept. */
export function createItemIndex(bins: readonly IndexedBin[], items: readonly IndexedItem[]): ItemIndex {
  const [binNames, itemNames] = [bins, items].map((rows) => indexNames(rows.map(({ name }) => name)));
  const placeOf = new Map(bins.map(({ id }, at) => [id, at]));
  const binOf = items.map(({ binId }) => placeOf.get(binId) as number);

  function comparison(sort: ItemSort, sign: number): ((a: number, b: number) => number) | undefined {
    if (sort === 'BIN') {
      return (a, b) => sign * ((binOf[a] as number) - (binOf[b] as number)) || a - b;
    }
    if (sort === 'NAME') return sign === 1 ? undefined : (a, b) => b - a;
    const quantityOf = (at: number) => items[at]?.quantity ?? null;
    return (a, b) => {
      const [left, right] = [quantityOf(a), quantityOf(b)];
      if (left === null || right === null) return Number(left === null) - Number(right === null) || a - b;
      return sign * (left - right) || a - b;
    };
  }

  return {
    size: [...bins, ...items].reduce((sum, { id, name }) => sum + id.length + name.length, 0),
    search(query, accountId, sort, direction) {
      const visible = bins.map(({ onlyFor }) => onlyFor === null || onlyFor === accountId);
      const inBin = binNames?.matches(query) ?? [];
      const byItem = itemNames?.matches(query) ?? [];
      const found: number[] = [];
      for (const [at, bin] of binOf.entries()) {
        if (visible[bin] && (inBin[bin] || byItem[at])) found.push(at);
      }
      const compare = comparison(sort, direction === 'ASC' ? 1 : -1);
      if (compare) found.sort(compare);
      return found.map((at) => (items[at] as IndexedItem).id);
    },
  };
}
