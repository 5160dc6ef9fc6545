import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { checkSelection } from '../../core/selection.ts';
import { recordBulk } from './recordBulk.ts';
import { accessItems, lockItems, type SelectedItem, type Selection } from './selection.ts';
import { touchBins } from './touchBins.ts';

/** Deletes items or takes that back; answers those that there were (OpenBin 25.1). */
async function setDeleted(
  context: GraphContext,
  selection: Selection,
  deletedAt: Date | null,
): Promise<SelectedItem[]> {
  return context.db.$transaction(async (tx) => {
    const items = await lockItems(tx, context, selection);
    if (items.length === 0) return items;
    await tx.binItem.updateMany({
      where: { id: { in: items.map(({ id }) => id) } },
      data: { deletedAt },
    });
    await touchBins(
      tx,
      items.map(({ binId }) => binId),
    );
    return items;
  });
}

const rule =
  'Ids that are unknown or invisible do not matter. For members of the location, which is one. Throws FORBIDDEN, INVALID_INPUT or SELECTION_TOO_LARGE.';

builder.relayMutationField(
  'deleteItems',
  {
    description: 'Items to delete.',
    inputFields: (t) => ({ ids: t.idList({ required: true, description: 'The items.' }) }),
  },
  {
    access: signedIn,
    description: `Deletes items so that they can be restored. ${rule}`,
    resolve: async (_root, { input }, context) => {
      const selection = await accessItems(context, checkSelection(context, 'ids', input.ids));
      if (!selection) return { deletedCount: 0 };
      const deleted = await setDeleted(context, selection, new Date());
      recordBulk(context, selection, {
        action: 'bulk_delete',
        subjects: deleted,
        countsOf: (items) => ({ deleted: items.length }),
      });
      return { deletedCount: deleted.length };
    },
  },
  {
    description: 'How many items were deleted.',
    outputFields: (t) => ({
      deletedCount: t.exposeInt('deletedCount', { description: 'How many items were deleted.' }),
    }),
  },
);

builder.relayMutationField(
  'restoreItems',
  {
    description: 'Items to restore.',
    inputFields: (t) => ({ ids: t.idList({ required: true, description: 'The items.' }) }),
  },
  {
    access: signedIn,
    description: `Brings deleted items back. ${rule}`,
    resolve: async (_root, { input }, context) => {
      const ids = checkSelection(context, 'ids', input.ids);
      const selection = await accessItems(context, ids, { deleted: true });
      if (!selection) return { restoredCount: 0 };
      const restored = await setDeleted(context, selection, null);
      recordBulk(context, selection, {
        action: 'bulk_restore',
        subjects: restored,
        countsOf: (items) => ({ restored: items.length }),
      });
      return { restoredCount: restored.length };
    },
  },
  {
    description: 'How many items were restored.',
    outputFields: (t) => ({
      restoredCount: t.exposeInt('restoredCount', { description: 'How many items were restored.' }),
    }),
  },
);
