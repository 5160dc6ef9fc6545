import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { accessBin, type BinAccess, lockBin, requireEditor } from '../bin/access.ts';
import { placeItems } from '../bin/replaceItems.ts';

/**
 * Gives the items of a bin the places 0, 1, … for a caller who may; those that are not named keep theirs,
 * and the log says nothing (OpenBin 10.8). Returns the ids, each once. Throws INVALID_INPUT for an id that is not in the bin.
 */
export async function reorderItems(
  context: GraphContext,
  access: BinAccess,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { bin } = access;
  const order = [...new Set(ids)];
  await context.db.$transaction(async (tx) => {
    await lockBin(tx, access);
    const own = await tx.binItem.findMany({
      where: { binId: bin.id, locationId: bin.locationId, deletedAt: null },
      select: { id: true },
    });
    const known = new Set(own.map(({ id }) => id));
    if (order.some((id) => !known.has(id))) throw invalid('itemIds', 'unknown', 'must be items of this bin');
    await placeItems(tx, jsonSql(context.services.database), bin.id, order);
  });
  return order;
}

builder.relayMutationField(
  'reorderBinItems',
  {
    description: 'The order of items.',
    inputFields: (t) => ({
      binId: t.id({ required: true, description: 'The bin.' }),
      itemIds: t.idList({ required: true, description: 'Items of the bin, at least one.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Gives items of a bin the places 0, 1, …; others keep theirs. For its maker, if a member, and administrators. Throws NOT_FOUND, FORBIDDEN or INVALID_INPUT.',
    resolve: async (_root, { input: { binId, itemIds } }, context) => {
      if (itemIds.length === 0) throw invalid('itemIds', 'required', 'is required');
      const access = requireEditor(await accessBin(context, binId));
      return { itemIds: await reorderItems(context, access, itemIds) };
    },
  },
  {
    description: 'Items that were put in order.',
    outputFields: (t) => ({
      itemIds: t.idList({
        resolve: ({ itemIds }) => [...itemIds],
        description: 'The items that were given places, in their order.',
      }),
    }),
  },
);
