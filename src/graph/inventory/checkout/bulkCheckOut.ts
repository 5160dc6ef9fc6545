import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { checkSelection } from '../../core/selection.ts';
import { recordBulk } from '../item/recordBulk.ts';
import { accessItems, lockItems, type SelectedItem, type Selection } from '../item/selection.ts';
import { lockLocationKeepingVersion } from '../location/roles.ts';
import { type BulkError, BulkErrorType } from './types.ts';

interface Outcome {
  readonly checkedOut: readonly SelectedItem[];
  readonly errors: readonly BulkError[];
}

/** Takes those of the items that nobody has (OpenBin 25.1); a constant number of statements. */
async function checkOutItems(context: GraphContext, selection: Selection): Promise<Outcome> {
  const { caller, locationId, ids } = selection;
  return context.db.$transaction(async (tx) => {
    const items = await lockItems(tx, context, selection, lockLocationKeepingVersion);
    const visible = new Set(items.map(({ id }) => id));
    const active = await tx.checkout.findMany({
      where: { activeItemId: { in: [...visible] } },
      select: { itemId: true },
    });
    const out = new Set(active.map(({ itemId }) => itemId));
    const free = items.filter(({ id }) => !out.has(id));
    if (free.length > 0) {
      await tx.checkout.createMany({
        data: free.map(({ id, binId }) => ({
          id: newId(),
          itemId: id,
          activeItemId: id,
          originBinId: binId,
          locationId,
          checkedOutById: caller.account.id,
        })),
      });
    }
    const errors = ids.flatMap((id): BulkError[] => {
      if (!visible.has(id)) return [{ id, reason: 'NOT_FOUND' }];
      return out.has(id) ? [{ id, reason: 'ALREADY_CHECKED_OUT' }] : [];
    });
    return { checkedOut: free, errors };
  });
}

builder.relayMutationField(
  'checkOutItems',
  {
    description: 'Items to take.',
    inputFields: (t) => ({ ids: t.idList({ required: true, description: 'The items.' }) }),
  },
  {
    access: signedIn,
    description:
      'Takes items out of their bins. For members of their location, which is one. Throws FORBIDDEN, INVALID_INPUT or SELECTION_TOO_LARGE.',
    resolve: async (_root, { input }, context) => {
      const ids = checkSelection(context, 'ids', input.ids);
      const selection = await accessItems(context, ids);
      if (!selection) {
        return { checkedOut: [], errors: ids.map((id) => ({ id, reason: 'NOT_FOUND' as const })) };
      }
      const outcome = await checkOutItems(context, selection);
      recordBulk(context, selection, {
        action: 'bulk_checkout',
        subjects: outcome.checkedOut,
        countsOf: (items) => ({ checkedOut: items.length }),
      });
      return outcome;
    },
  },
  {
    description: 'What became of items that were to be taken.',
    outputFields: (t) => ({
      checkedOutCount: t.int({
        description: 'How many items were taken.',
        resolve: ({ checkedOut }) => checkedOut.length,
      }),
      errors: t.expose('errors', {
        type: [BulkErrorType],
        description: 'The other items, in the order of the input.',
      }),
    }),
  },
);
