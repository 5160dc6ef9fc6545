import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { checkSelection } from '../../core/selection.ts';
import { accessBin, type BinAccess, lookAgain, requireMember } from '../bin/access.ts';
import { moveToEnd } from './moveToEnd.ts';
import { recordBulk } from './recordBulk.ts';
import { accessItems, lockItems, type Selection } from './selection.ts';
import { touchBins } from './touchBins.ts';

/** Puts items at the end of a bin of their location; answers how many. Throws NOT_FOUND when the bin is gone. */
async function moveItems(context: GraphContext, selection: Selection, target: BinAccess): Promise<number> {
  return context.db.$transaction(async (tx) => {
    const items = await lockItems(tx, context, selection);
    await lookAgain(tx, target);
    await touchBins(tx, [target.bin.id, ...items.map(({ binId }) => binId)]);
    await moveToEnd(
      tx,
      jsonSql(context.services.database),
      target.bin.id,
      items.map(({ id }) => id),
    );
    return items.length;
  });
}

builder.relayMutationField(
  'moveItems',
  {
    description: 'Items and the bin that they go to.',
    inputFields: (t) => ({
      ids: t.idList({ required: true, description: 'The items.' }),
      targetBinId: t.id({ required: true, description: 'The bin.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Puts items at the end of a bin; items of another location stay where they are. Otherwise as in `deleteItems`. Throws NOT_FOUND for the bin.',
    resolve: async (_root, { input }, context) => {
      const ids = checkSelection(context, 'ids', input.ids);
      if (input.targetBinId === '') throw invalid('targetBinId', 'required', 'is required');
      const target = requireMember(await accessBin(context, input.targetBinId));
      const selection = await accessItems(context, ids);
      if (selection?.locationId !== target.bin.locationId) return { movedCount: 0 };
      const moved = await moveItems(context, selection, target);
      const { id: entityId, visibility } = target.bin;
      recordBulk(context, selection, {
        action: 'bulk_move',
        entityId,
        // They are seen where they are now.
        subjects: Array.from({ length: moved }, () => ({ visibility })),
        countsOf: (items) => ({ moved: items.length }),
      });
      return { movedCount: moved };
    },
  },
  {
    description: 'How many items were moved.',
    outputFields: (t) => ({
      movedCount: t.exposeInt('movedCount', { description: 'How many items were moved.' }),
    }),
  },
);
