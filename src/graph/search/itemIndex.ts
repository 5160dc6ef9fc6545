import { type FuzzyQuery, type Word, wordOf, wordsOf } from './fuzzy.ts';

/** What tells whether the items of a bin are still right, and who may see them. */
export interface IndexedBin {
  readonly id: string;
  /** Comparable as text. */
  readonly updatedAt: string;
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

/** Something with a name. `hit` is the number of the search that found it last. */
interface Named {
  readonly id: string;
  /** Its name in lower case. */
  readonly key: string;
  hit: number;
}

interface Bin extends Named {
  readonly updatedAt: string;
  readonly onlyFor: string | null;
  readonly items: Item[];
}

interface Item extends Named {
  readonly quantity: number | null;
  readonly bin: Bin;
}

interface KnownWord {
  readonly word: Word;
  readonly holders: Set<Named>;
}

const byKey = (a: Named, b: Named): number =>
  a.key === b.key ? (a.id < b.id ? -1 : 1) : a.key < b.key ? -1 : 1;

/** Two sorted lists as one. */
function merged(some: readonly Item[], others: readonly Item[]): Item[] {
  const all: Item[] = [];
  let at = 0;
  for (const item of some) {
    for (let next = others[at]; next && byKey(next, item) < 0; next = others[at]) {
      all.push(next);
      at += 1;
    }
    all.push(item);
  }
  return all.concat(others.slice(at));
}

/**
 * The names of a location's items and bins, to be searched without reading them again. Each word is
 * kept once, so that a search compares each word once; the items are kept in the order of their names.
 */
export class ItemIndex {
  readonly #bins = new Map<string, Bin>();
  readonly #words = new Map<string, KnownWord>();
  #items: Item[] = [];
  #searches = 0;
  /** Characters that it holds. */
  size = 0;

  /** The ids of the bins whose items have to be read: as `BinIndex.outdated`, but drops nothing. */
  outdated(bins: readonly IndexedBin[], youngSince: string): string[] {
    return bins.flatMap(({ id, updatedAt }) =>
      this.#bins.get(id)?.updatedAt !== updatedAt || updatedAt >= youngSince ? [id] : [],
    );
  }

  /** Takes in all bins as they are now, and the items of those that were outdated. */
  refresh(bins: readonly IndexedBin[], outdated: readonly string[], items: readonly IndexedItem[]): void {
    const present = new Set(bins.map(({ id }) => id));
    const changed = new Set(outdated);
    const dropped = new Set([...this.#bins.values()].filter(({ id }) => !present.has(id) || changed.has(id)));
    for (const bin of dropped) this.#drop(bin);
    for (const bin of bins) if (changed.has(bin.id)) this.#addBin(bin);
    const fresh = items.flatMap((item) => this.#addItem(item) ?? []);
    const kept = dropped.size > 0 ? this.#items.filter(({ bin }) => !dropped.has(bin)) : this.#items;
    this.#items = merged(kept, fresh.sort(byKey));
  }

  /** The ids of the items that match by their own name or by their bin's, as far as somebody may see them, in order. */
  search(query: FuzzyQuery, accountId: string, sort: ItemSort, direction: 'ASC' | 'DESC'): string[] {
    this.#searches += 1;
    const hit = this.#searches;
    for (const { word, holders } of this.#words.values()) {
      if (query.isWord(word)) for (const holder of holders) holder.hit = hit;
    }
    for (const bin of this.#bins.values()) if (query.inText(bin.key)) bin.hit = hit;
    const found = this.#items.filter(
      ({ bin, key, hit: own }) =>
        (bin.onlyFor === null || bin.onlyFor === accountId) &&
        (own === hit || bin.hit === hit || query.inText(key)),
    );
    return inOrder(found, sort, direction === 'ASC' ? 1 : -1).map(({ id }) => id);
  }

  #addBin({ id, updatedAt, name, onlyFor }: IndexedBin): void {
    const bin: Bin = { id, updatedAt, onlyFor, key: name.toLowerCase(), items: [], hit: 0 };
    this.#bins.set(id, bin);
    this.#learn(bin);
  }

  #addItem({ id, name, quantity, binId }: IndexedItem): Item | undefined {
    const bin = this.#bins.get(binId);
    if (!bin) return undefined;
    const item: Item = { id, quantity, bin, key: name.toLowerCase(), hit: 0 };
    bin.items.push(item);
    this.#learn(item);
    return item;
  }

  #drop(bin: Bin): void {
    this.#bins.delete(bin.id);
    for (const named of [bin, ...bin.items]) this.#forget(named);
  }

  #learn(named: Named): void {
    this.size += named.key.length;
    for (const text of new Set(wordsOf(named.key))) {
      const known = this.#words.get(text);
      if (known) known.holders.add(named);
      else this.#words.set(text, { word: wordOf(text), holders: new Set([named]) });
    }
  }

  #forget(named: Named): void {
    this.size -= named.key.length;
    for (const text of wordsOf(named.key)) {
      const known = this.#words.get(text);
      known?.holders.delete(named);
      if (known?.holders.size === 0) this.#words.delete(text);
    }
  }
}

/** Items, which come in the order of their names, in another order. */
function inOrder(items: readonly Item[], sort: ItemSort, sign: number): readonly Item[] {
  if (sort === 'NAME') return sign === 1 ? items : items.toReversed();
  // Sorting is stable: what is equal stays in the order of names.
  if (sort === 'BIN') return items.toSorted((a, b) => (a.bin === b.bin ? 0 : sign * byKey(a.bin, b.bin)));
  return items.toSorted(({ quantity: a }, { quantity: b }) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (a - b);
  });
}
