import { notFound } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { accessBin, type BinAccess, lockBin, requireEditor } from '../bin/access.ts';
import { recordBinUpdate } from '../bin/binChange.ts';
import { touchBins } from './touchBins.ts';

/**
 * Deletes items of a bin for good, with their checkouts, for a caller who may; notes it in the log
 * (OpenBin 10.8). Ids that are not in the bin do not matter. Answers the names of those that went.
 */
export async function removeItems(
  context: GraphContext,
  access: BinAccess,
  ids: readonly string[],
): Promise<string[]> {
  const names = await context.db.$transaction(async (tx) => {
    await lockBin(tx, access);
    const items = await tx.binItem.findMany({
      where: { binId: access.bin.id, deletedAt: null, id: { in: [...ids] } },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, name: true },
    });
    if (items.length === 0) return [];
    await touchBins(tx, [access.bin.id]);
    await tx.binItem.deleteMany({ where: { id: { in: items.map(({ id }) => id) } } });
    return items.map(({ name }) => name);
  });
  if (names.length > 0) recordBinUpdate(context, access, { items_removed: { old: names, new: null } });
  return names;
}

/** The same for one item. Throws NOT_FOUND. */
export async function removeItem(context: GraphContext, access: BinAccess, id: string): Promise<void> {
  const names = await removeItems(context, access, [id]);
  if (names.length === 0) throw notFound('Item');
}

builder.relayMutationField(
  'removeBinItem',
  {
    description: 'An item of a bin.',
    inputFields: (t) => ({
      binId: t.id({ required: true, description: 'The bin that holds it.' }),
      id: t.id({ required: true, description: 'The item.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Deletes an item of a bin for good. For its maker, if a member, and administrators. Throws NOT_FOUND or FORBIDDEN.',
    resolve: async (_root, { input: { binId, id } }, context) => {
      const access = requireEditor(await accessBin(context, binId));
      await removeItem(context, access, id);
      return { deletedItemId: id };
    },
  },
  {
    description: 'An item that is gone.',
    outputFields: (t) => ({
      deletedItemId: t.exposeID('deletedItemId', { description: 'The item that was deleted.' }),
    }),
  },
);
