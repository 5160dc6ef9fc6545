import { Issues } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import type { GraphContext } from '../../core/context.ts';
import { tidyInside } from '../../core/text/names.ts';
import { foldCase } from '../../core/text/search.ts';
import { type Changes, diff } from '../activity/changes.ts';
import { accessBin, type BinAccess, lockBin, requireEditor } from '../bin/access.ts';
import { recordBinUpdate } from '../bin/binChange.ts';
import { itemNameRule, wholeQuantity } from '../bin/fields.ts';
import type { BinItemRow } from '../bin/rows.ts';
import { BinItemType } from '../bin/type.ts';
import { itemIn } from './inBin.ts';
import { touchBins } from './touchBins.ts';

type Counted = Pick<BinItemRow, 'name' | 'quantity'>;

/** What the log says of another quantity (OpenBin 17). */
export function quantityChange(before: Counted, after: Counted): Changes {
  const of = ({ name, quantity }: Counted) => ({ name, qty: quantity });
  return { items_quantity: { old: of(before), new: of(after) } };
}

/**
 * Gives an item a name that was checked and, unless undefined, a quantity, for a caller who may; notes in
 * the log what that changed (OpenBin 10.8). Throws NOT_FOUND.
 */
export async function renameItem(
  context: GraphContext,
  access: BinAccess,
  id: string,
  { name, quantity }: { readonly name: string; readonly quantity?: number | null | undefined },
): Promise<BinItemRow> {
  const { before, after } = await context.db.$transaction(async (tx) => {
    await lockBin(tx, access);
    const before = await itemIn(tx, access.bin.id, id);
    const after = { name, quantity: quantity === undefined ? before.quantity : wholeQuantity(quantity) };
    if (diff({ ...before }, after)) {
      await touchBins(tx, [access.bin.id]);
      await tx.binItem.update({ where: { id }, data: { ...after, nameKey: foldCase(name) } });
    }
    return { before, after };
  });
  const changes = {
    ...(before.name !== name && { items_renamed: { old: before.name, new: name } }),
    ...(before.quantity !== after.quantity && quantityChange(before, after)),
  };
  if (Object.keys(changes).length > 0) recordBinUpdate(context, access, changes);
  return { id, ...after };
}

builder.relayMutationField(
  'updateBinItem',
  {
    description: 'What an item is to be called, and how many there are.',
    inputFields: (t) => ({
      binId: t.id({ required: true, description: 'The bin that holds it.' }),
      id: t.id({ required: true, description: 'The item.' }),
      name: t.string({ required: true, description: 'Trimmed; at most 500 characters.' }),
      quantity: t.float({
        description: 'Rounded down, at least 1; null leaves it uncounted; stays when left out.',
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Renames or counts an item of a bin. For its maker, if a member, and administrators. Throws NOT_FOUND, FORBIDDEN or INVALID_INPUT.',
    resolve: async (_root, { input: { binId, id, quantity, ...input } }, context) => {
      const issues = new Issues();
      const name = checkText(issues, 'name', tidyInside(input.name), itemNameRule);
      issues.throwIfAny();
      const access = requireEditor(await accessBin(context, binId));
      return { item: await renameItem(context, access, id, { name, quantity }) };
    },
  },
  {
    description: 'An item that was changed.',
    outputFields: (t) => ({
      item: t.expose('item', { type: BinItemType, description: 'The item as it is now.' }),
    }),
  },
);
