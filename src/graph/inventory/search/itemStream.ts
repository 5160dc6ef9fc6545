import type { Database } from '../../../platform/database/database.ts';
import { foldCase } from '../../core/text/search.ts';
import { batchesOf, type PassingBin, slicesOf } from './batches.ts';
import type { FuzzyQuery } from './fuzzy.ts';
import type { IndexedItem, ItemPageIds, ItemPageQuery } from './itemIndex.ts';
import { compareBy, type Named, type Sortable } from './itemOrder.ts';
import type { Pace } from './scheduler.ts';
import { yieldingSort } from './yieldingSort.ts';

type ReadItems = (binIds: readonly string[]) => Promise<IndexedItem[]>;

interface Means {
  /** Reads the items of a few bins. */
  readonly readItems: ReadItems;
  /** How many are put in order at once. */
  readonly sortedItems: number;
  readonly pace: Pace;
}

const named = ({ id, name }: { readonly id: string; readonly name: string }): Named => ({
  id,
  key: foldCase(name),
});

/** The items of a location that somebody may see, batch by batch, each with its bin. */
async function* visibleItems(
  database: Database,
  locationId: string,
  accountId: string,
  readItems: ReadItems,
  pace: Pace,
): AsyncGenerator<{
  readonly bins: ReadonlyMap<string, PassingBin>;
  readonly items: readonly IndexedItem[];
}> {
  for await (const batch of batchesOf(database, locationId, pace)) {
    const seen = batch.bins.filter(({ onlyFor }) => onlyFor === null || onlyFor === accountId);
    const bins = new Map(seen.map((bin) => [bin.id, bin]));
    if (!batch.isHuge) yield { bins, items: await readItems([...bins.keys()]) };
    else
      for (const id of bins.keys())
        for await (const items of slicesOf(database, id, pace)) yield { bins, items };
  }
}

/** The items that match by their own name or by their bin's. */
async function* matches(
  database: Database,
  locationId: string,
  { query, accountId }: { readonly query: FuzzyQuery; readonly accountId: string },
  readItems: ReadItems,
  pace: Pace,
): AsyncGenerator<Sortable[]> {
  for await (const { bins, items } of visibleItems(database, locationId, accountId, readItems, pace)) {
    const holders = new Map<string, { readonly bin: Named; readonly isFound: boolean }>();
    for (const bin of bins.values()) {
      holders.set(bin.id, { bin: named(bin), isFound: query.inLine(bin.name) });
      if (pace.isDue()) await pace.rest();
    }
    const found: Sortable[] = [];
    for (const item of items) {
      const holder = holders.get(item.binId);
      if (holder && (holder.isFound || query.inLine(item.name))) {
        found.push({ ...named(item), quantity: item.quantity, bin: holder.bin });
      }
      if (pace.isDue()) await pace.rest();
    }
    yield found;
  }
}

/**
 * A page of the items that match, without an index. Keeps a bounded number of them, the first ones of the
 * order so far; what comes after those is found on another way through the location.
 */
export async function streamItems(
  database: Database,
  locationId: string,
  { offset, limit, ...asked }: ItemPageQuery,
  { readItems, sortedItems, pace }: Means,
): Promise<ItemPageIds> {
  const compare = compareBy(asked);
  const ids: string[] = [];
  let passed = 0;
  let after: Sortable | undefined;
  for (;;) {
    const length = Math.min(offset + limit - passed, sortedItems);
    let first: Sortable[] = [];
    let totalCount = 0;
    for await (const found of matches(database, locationId, asked, readItems, pace)) {
      totalCount += found.length;
      for (const item of found) if (!after || compare(item, after) > 0) first.push(item);
      if (first.length > length + sortedItems) {
        first = (await yieldingSort(first, compare, pace)).slice(0, length);
      }
    }
    first = (await yieldingSort(first, compare, pace)).slice(0, length);
    for (const { id } of first.slice(Math.max(0, offset - passed))) ids.push(id);
    passed += first.length;
    if (passed >= offset + limit || offset >= totalCount || first.length < length) return { ids, totalCount };
    after = first.at(-1);
  }
}
