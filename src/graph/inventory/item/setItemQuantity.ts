import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { accessBin, type BinAccess, lockBin, requireEditor } from '../bin/access.ts';
import { recordBinUpdate } from '../bin/binChange.ts';
import { wholeQuantity } from '../bin/fields.ts';
import { itemIn } from './inBin.ts';
import { removeItem } from './removeItems.ts';
import { quantityChange } from './renameItem.ts';
import { touchBins } from './touchBins.ts';

interface Counted {
  readonly id: string;
  /** Null when the item was removed. */
  readonly quantity: number | null;
}

const CountedItem = builder.objectRef<Counted>('SetBinItemQuantityPayload').implement({
  description: 'What became of an item that was counted.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The item.' }),
    quantity: t.exposeInt('quantity', {
      nullable: true,
      description: 'How many there are; null when there was none left and it was removed.',
    }),
  }),
});

/**
 * Counts an item for a caller who may, and notes it in the log; rounded down, and none left removes it
 * for good (OpenBin 10.8). Throws NOT_FOUND.
 */
export async function setItemQuantity(
  context: GraphContext,
  access: BinAccess,
  id: string,
  given: number,
): Promise<Counted> {
  if (Math.floor(given) <= 0) {
    await removeItem(context, access, id);
    return { id, quantity: null };
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
  return { id, quantity };
}

builder.mutationField('setBinItemQuantity', (t) =>
  t.field({
    access: signedIn,
    type: CountedItem,
    description:
      'Counts an item of a bin. For its maker, if a member, and administrators. Throws NOT_FOUND or FORBIDDEN.',
    args: {
      binId: t.arg.id({ required: true, description: 'The bin that holds it.' }),
      id: t.arg.id({ required: true, description: 'The item.' }),
      quantity: t.arg.float({
        required: true,
        description: 'Rounded down; 0 and less removes the item for good.',
      }),
    },
    resolve: async (_root, { binId, id, quantity }, context) => {
      const access = requireEditor(await accessBin(context, binId));
      return setItemQuantity(context, access, id, quantity);
    },
  }),
);
