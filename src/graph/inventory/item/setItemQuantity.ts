import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { accessBin, type BinAccess, lockBin, requireEditor } from '../bin/access.ts';
import { recordBinUpdate } from '../bin/binChange.ts';
import { wholeQuantity } from '../bin/fields.ts';
import type { BinItemRow } from '../bin/rows.ts';
import { BinItemType } from '../bin/type.ts';
import { itemIn } from './inBin.ts';
import { removeItem } from './removeItems.ts';
import { quantityChange } from './renameItem.ts';
import { touchBins } from './touchBins.ts';

/**
 * Counts an item for a caller who may, and notes it in the log; rounded down, and none left removes it
 * for good (OpenBin 10.8). Returns the item, or null for one that was removed. Throws NOT_FOUND.
 */
export async function setItemQuantity(
  context: GraphContext,
  access: BinAccess,
  id: string,
  given: number,
): Promise<BinItemRow | null> {
  if (Math.floor(given) <= 0) {
    await removeItem(context, access, id);
    return null;
  }
  const quantity = wholeQuantity(given);
  const before = await context.db.$transaction(async (tx) => {
    await lockBin(tx, access);
    const before = await itemIn(tx, access.bin.id, id);
    if (before.quantity !== quantity) {
      await touchBins(tx, [access.bin.id]);
      await tx.binItem.update({ where: { id }, data: { quantity } });
    }
    return before;
  });
  if (before.quantity !== quantity) {
    recordBinUpdate(context, access, quantityChange(before, { name: before.name, quantity }));
  }
  return { id, name: before.name, quantity };
}

builder.relayMutationField(
  'setBinItemQuantity',
  {
    description: 'How many there are of an item.',
    inputFields: (t) => ({
      binId: t.id({ required: true, description: 'The bin that holds it.' }),
      id: t.id({ required: true, description: 'The item.' }),
      quantity: t.float({
        required: true,
        description: 'Rounded down; 0 and less removes the item for good.',
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Counts an item of a bin. For its maker, if a member, and administrators. Throws NOT_FOUND or FORBIDDEN.',
    resolve: async (_root, { input: { binId, id, quantity } }, context) => {
      const access = requireEditor(await accessBin(context, binId));
      const item = await setItemQuantity(context, access, id, quantity);
      return { item, deletedItemId: item ? null : id };
    },
  },
  {
    description: 'What became of an item that was counted.',
    outputFields: (t) => ({
      item: t.expose('item', {
        type: BinItemType,
        nullable: true,
        description: 'The item as it is now; null when there was none left.',
      }),
      deletedItemId: t.exposeID('deletedItemId', {
        nullable: true,
        description: 'The item that was deleted because there was none left; null otherwise.',
      }),
    }),
  },
);
