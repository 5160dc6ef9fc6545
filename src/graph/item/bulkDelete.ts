import { builder } from '../builder.ts';
import type { GraphContext } from '../context.ts';
import { checkSelection } from '../shared/selection.ts';
import { accessItems, lockItems, recordBulk, type Selection } from './selection.ts';
import { touchBins } from './touchBins.ts';

/** Deletes items or takes that back; answers how many (OpenBin 25.1). */
async function setDeleted(
  context: GraphContext,
  selection: Selection,
  deletedAt: Date | null,
): Promise<number> {
  return context.db.$transaction(async (tx) => {
    const items = await lockItems(tx, context, selection);
    if (items.length === 0) return 0;
    await tx.binItem.updateMany({
      where: { id: { in: items.map(({ id }) => id) } },
      data: { deletedAt },
    });
    await touchBins(
      tx,
      items.map(({ binId }) => binId),
    );
    return items.length;
  });
}

const rule =
  'Ids that are unknown or invisible do not matter. For members of the location, which is one. Throws FORBIDDEN, INVALID_INPUT or SELECTION_TOO_LARGE.';

builder.mutationFields((t) => ({
  deleteItems: t.int({
    description: `Deletes items so that they can be restored, and answers how many. ${rule}`,
    args: { ids: t.arg.idList({ required: true, description: 'The items.' }) },
    resolve: async (_root, args, context) => {
      const selection = await accessItems(context, checkSelection(context, 'ids', args.ids));
      if (!selection) return 0;
      const deleted = await setDeleted(context, selection, new Date());
      if (deleted > 0) recordBulk(context, selection, 'bulk_delete', { deleted });
      return deleted;
    },
  }),
  restoreItems: t.int({
    description: `Brings deleted items back, and answers how many. ${rule}`,
    args: { ids: t.arg.idList({ required: true, description: 'The items.' }) },
    resolve: async (_root, args, context) => {
      const ids = checkSelection(context, 'ids', args.ids);
      const selection = await accessItems(context, ids, { deleted: true });
      if (!selection) return 0;
      const restored = await setDeleted(context, selection, null);
      if (restored > 0) recordBulk(context, selection, 'bulk_restore', { restored });
      return restored;
    },
  }),
}));
