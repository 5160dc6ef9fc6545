import { foldCase } from '../../core/text/search.ts';
import { idBytes, listBytes, mapEntryBytes, objectBytes, placeBytes, textBytes } from './bytes.ts';
import type { FuzzyQuery } from './fuzzy.ts';
import { byKey, compareBy, type ItemOrder, type Named } from './itemOrder.ts';
import { type Pace, yieldingEach } from './scheduler.ts';
import { holdsMatch, Vocabulary } from './vocabulary.ts';
import { yieldingMerge, yieldingSort } from './yieldingSort.ts';

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

interface Holder extends Named {
  /** The numbers of its words. */
  readonly words: readonly number[];
}

interface Bin extends Holder {
  readonly updatedAt: string;
  readonly onlyFor: string | null;
  readonly items: Item[];
}

interface Item extends Holder {
  readonly quantity: number | null;
  readonly bin: Bin;
}

/** A bin, its moment, whose it is, its list and its place in the map. */
const binBytes = objectBytes(6) + 3 * idBytes + mapEntryBytes + 72;
/** An item and its places, in its bin's list and in the one of all. */
const itemBytes = objectBytes(5) + idBytes + 2 * placeBytes;

/** What somebody looks for among items, and in what order. */
export interface ItemQuery extends ItemOrder {
  readonly query: FuzzyQuery;
  /** Who asks. */
  readonly accountId: string;
}

/** A page of what somebody looks for. */
export interface ItemPageQuery extends ItemQuery {
  readonly limit: number;
  readonly offset: number;
}

/** The ids of a page of items in order, and how many there are over all pages. */
export interface ItemPageIds {
  readonly ids: readonly string[];
  readonly totalCount: number;
}

/**
 * The names of a location's items and bins, to be searched without reading them again; the items are
 * kept in the order of their names. Whoever refreshes or searches it has it alone until that is done.
 */
export class ItemIndex {
  readonly #bins = new Map<string, Bin>();
  readonly #words = new Vocabulary();
  #items: readonly Item[] = [];
  #holdersBytes = 0;

  /** What it takes in memory. */
  get bytes(): number {
    return this.#holdersBytes + this.#words.bytes;
  }

  /** The ids of the bins whose items have to be read: as `BinIndex.outdated`, but drops nothing. */
  outdated(bins: readonly IndexedBin[], youngSince: string): string[] {
    return bins.flatMap(({ id, updatedAt }) =>
      this.#bins.get(id)?.updatedAt !== updatedAt || updatedAt >= youngSince ? [id] : [],
    );
  }

  /**
   * Takes in all bins as they are now, and the items of those that were outdated. False as soon as the
   * index is larger than `maxBytes`; it is of no use then.
   */
  async refresh(
    bins: readonly IndexedBin[],
    outdated: readonly string[],
    items: Iterable<IndexedItem>,
    { maxBytes, pace }: { readonly maxBytes: number; readonly pace: Pace },
  ): Promise<boolean> {
    const present = new Set(bins.map(({ id }) => id));
    const changed = new Set(outdated);
    const dropped = new Set([...this.#bins.values()].filter(({ id }) => !present.has(id) || changed.has(id)));
    await yieldingEach(dropped, pace, (bin) => this.#drop(bin));
    await yieldingEach(bins, pace, (bin) => {
      if (changed.has(bin.id)) this.#addBin(bin);
    });
    const fresh: Item[] = [];
    for (const item of items) {
      const added = this.#addItem(item);
      if (added) fresh.push(added);
      if (this.bytes > maxBytes) return false;
      if (pace.isDue()) await pace.rest();
    }
    const kept = dropped.size > 0 ? this.#items.filter(({ bin }) => !dropped.has(bin)) : this.#items;
    this.#items = await yieldingMerge(kept, await yieldingSort(fresh, byKey, pace), byKey, pace);
    return this.bytes <= maxBytes;
  }

  /** The ids of the items that match by their own name or by their bin's, as far as somebody may see them, in order. */
  async search({ query, accountId, ...order }: ItemQuery, pace: Pace): Promise<string[]> {
    const words = await this.#words.matching(query, pace);
    const isFound = (holder: Holder) => holdsMatch(holder.words, words) || query.inText(holder.key);
    const bins = new Set<Bin>();
    await yieldingEach(this.#bins.values(), pace, (bin) => {
      if (isFound(bin)) bins.add(bin);
    });
    const found: Item[] = [];
    await yieldingEach(this.#items, pace, (item) => {
      const { bin } = item;
      const isSeen = bin.onlyFor === null || bin.onlyFor === accountId;
      if (isSeen && (isFound(item) || bins.has(bin))) found.push(item);
    });
    return (await inOrder(found, order, pace)).map(({ id }) => id);
  }

  #addBin({ id, updatedAt, name, onlyFor }: IndexedBin): void {
    const key = foldCase(name);
    const bin: Bin = { id, updatedAt, onlyFor, key, items: [], words: this.#words.learn(key) };
    this.#bins.set(id, bin);
    this.#holdersBytes += binBytes + bytesOf(bin);
  }

  #addItem({ id, name, quantity, binId }: IndexedItem): Item | undefined {
    const bin = this.#bins.get(binId);
    if (!bin) return undefined;
    const key = foldCase(name);
    const item: Item = { id, quantity, bin, key, words: this.#words.learn(key) };
    bin.items.push(item);
    this.#holdersBytes += itemBytes + bytesOf(item);
    return item;
  }

  #drop(bin: Bin): void {
    this.#bins.delete(bin.id);
    this.#holdersBytes -= binBytes + bytesOf(bin);
    this.#words.forget(bin.words);
    for (const item of bin.items) {
      this.#holdersBytes -= itemBytes + bytesOf(item);
      this.#words.forget(item.words);
    }
  }
}

const bytesOf = ({ key, words }: Holder): number => textBytes(key) + listBytes(words);

/** Items, which come in the order of their names, in another order. */
async function inOrder(items: readonly Item[], order: ItemOrder, pace: Pace): Promise<readonly Item[]> {
  if (order.sort !== 'NAME') return yieldingSort(items, compareBy(order), pace);
  return order.direction === 'ASC' ? items : items.toReversed();
}
