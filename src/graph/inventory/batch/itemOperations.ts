import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import type { BinItem } from '../../../generated/sqlite/client.ts';
import { checkText } from '../../core/checkText.ts';
import { tidyInside } from '../../core/text/names.ts';
import { foldCase, foldedKeys } from '../../core/text/search.ts';
import { lockBin } from '../bin/access.ts';
import { recordBinUpdate } from '../bin/binChange.ts';
import { checkItems, itemNameRule } from '../bin/fields.ts';
import { addItems } from '../item/addItems.ts';
import { itemsNamed } from '../item/inBin.ts';
import { removeItems } from '../item/removeItems.ts';
import { reorderItems } from '../item/reorderItems.ts';
import { setItemQuantity } from '../item/setItemQuantity.ts';
import { touchBins } from '../item/touchBins.ts';
import { operation, quoted } from './operation.ts';

interface GivenItem {
  readonly name: string;
  readonly quantity?: number | null | undefined;
}

/** An item of a batch: a quantity is kept when there is at least something of it (OpenBin 22). */
export const counted = ({ name, quantity }: GivenItem): GivenItem => ({
  name,
  quantity: quantity != null && quantity > 0 ? quantity : null,
});

/** The item that a name means: the first with just this name, or else without regard to case. Throws NOT_FOUND. */
export function meant(name: string, ...choices: readonly (readonly BinItem[])[]): BinItem {
  const items = choices.find(({ length }) => length > 0) ?? [];
  const item = items.find((one) => one.name === name) ?? items[0];
  if (!item) throw new DomainError('NOT_FOUND', { message: 'There is no such item in the bin' });
  return item;
}

/** `add_items`. */
export const addTheItems = operation({
  required: ['binId', 'items'],
  async run(batch, { binId, items }) {
    const access = await batch.bin(binId);
    const issues = new Issues();
    const checked = checkItems(issues, items.map(counted));
    issues.throwIfAny();
    const made = await addItems(batch.context, access, checked);
    const names = made.map(({ name }) => name).join(', ');
    return { details: `Added items to the bin ${quoted(access.bin.name)}: ${names}` };
  },
});

/** `remove_items`. */
export const removeTheItems = operation({
  required: ['binId', 'items'],
  async run(batch, { binId, items }) {
    const access = await batch.bin(binId);
    const nameKey = { in: [...new Set(items.flatMap(({ name }) => foldedKeys(tidyInside(name))))] };
    const found = await batch.context.db.binItem.findMany({
      where: { binId, deletedAt: null, nameKey },
      select: { id: true },
    });
    const ids = found.map(({ id }) => id);
    const names = ids.length === 0 ? [] : await removeItems(batch.context, access, ids);
    return {
      details: `Removed items from the bin ${quoted(access.bin.name)}: ${names.join(', ') || 'none'}`,
    };
  },
});

/** `modify_item`. */
export const modifyItem = operation({
  required: ['binId', 'oldItem', 'newItem'],
  async run(batch, { binId, oldItem, newItem }) {
    const { context } = batch;
    const access = await batch.bin(binId);
    const issues = new Issues();
    const name = checkText(issues, 'newItem', tidyInside(newItem), itemNameRule);
    issues.throwIfAny();
    const renamed = await context.db.$transaction(async (tx) => {
      await lockBin(tx, access);
      const named = await itemsNamed(tx, binId, tidyInside(oldItem));
      const others = named.filter((item) => item.name !== name);
      if (others.length === 0) return undefined;
      await touchBins(tx, [access.bin.id]);
      await tx.binItem.updateMany({
        where: { id: { in: others.map(({ id }) => id) } },
        data: { name, nameKey: foldCase(name) },
      });
      return others[0]?.name;
    });
    if (renamed !== undefined)
      recordBinUpdate(context, access, { items_renamed: { old: renamed, new: name } });
    return {
      details: `Renamed ${quoted(oldItem)} to ${quoted(name)} in the bin ${quoted(access.bin.name)}`,
    };
  },
});

/** `set_item_quantity`. */
export const setQuantity = operation({
  required: ['binId', 'itemName', 'quantity'],
  async run({ context, bin }, { binId, itemName, quantity }) {
    const access = await bin(binId);
    const item = meant(itemName, await itemsNamed(context.db, binId, tidyInside(itemName)));
    const counted = await setItemQuantity(context, access, item.id, quantity);
    const what = `${quoted(item.name)} in the bin ${quoted(access.bin.name)}`;
    return { details: counted ? `Set the quantity of ${what} to ${counted.quantity}` : `Removed ${what}` };
  },
});

/** `reorder_items`. */
export const reorderTheItems = operation({
  required: ['binId', 'itemIds'],
  async run({ context, bin }, { binId, itemIds }) {
    const access = await bin(binId);
    await reorderItems(context, access, itemIds);
    recordBinUpdate(context, access, { items_reordered: { old: null, new: new Set(itemIds).size } });
    return { details: `Reordered the items of the bin ${quoted(access.bin.name)}` };
  },
});
