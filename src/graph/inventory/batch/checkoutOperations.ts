import { DomainError } from '../../../errors/domainError.ts';
import type { BinItem } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { tidyInside } from '../../core/text/names.ts';
import { checkOutItem } from '../checkout/checkOutItem.ts';
import { returnItem } from '../checkout/returnItem.ts';
import { itemsNamed } from '../item/inBin.ts';
import { meant } from './itemOperations.ts';
import { operation, quoted } from './operation.ts';

/** The items of a bin with a name, those that are out apart. */
async function named(
  { db }: GraphContext,
  binId: string,
  name: string,
): Promise<{ readonly inside: BinItem[]; readonly outside: BinItem[] }> {
  const items = await itemsNamed(db, binId, tidyInside(name));
  const active = await db.checkout.findMany({
    where: { originBinId: binId, activeItemId: { not: null } },
    select: { itemId: true },
  });
  const out = new Set(active.map(({ itemId }) => itemId));
  return {
    inside: items.filter(({ id }) => !out.has(id)),
    outside: items.filter(({ id }) => out.has(id)),
  };
}

/** `checkout_item`. */
export const checkOut = operation({
  required: ['binId', 'itemName'],
  async run({ context, bin }, { binId, itemName }) {
    const access = await bin(binId);
    const { inside, outside } = await named(context, binId, itemName);
    const item = meant(itemName, inside, outside);
    await checkOutItem(context, access, item.id);
    return { details: `Checked ${quoted(item.name)} out of the bin ${quoted(access.bin.name)}` };
  },
});

/** `return_item`. */
export const bringBack = operation({
  required: ['binId', 'itemName'],
  optional: ['targetBinId'],
  async run({ context, bin }, { binId, itemName, targetBinId }) {
    const access = await bin(binId);
    const target = targetBinId === undefined ? undefined : await bin(targetBinId);
    const { outside } = await named(context, binId, itemName);
    if (outside.length === 0)
      throw new DomainError('NOT_FOUND', { message: 'No such item of the bin is checked out' });
    const item = meant(itemName, outside);
    await returnItem(context, access, item.id, target);
    return { details: `Returned ${quoted(item.name)} to the bin ${quoted((target ?? access).bin.name)}` };
  },
});
