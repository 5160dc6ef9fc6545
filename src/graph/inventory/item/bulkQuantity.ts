import { invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { checkSelection } from '../../core/selection.ts';
import { recordBulk } from './recordBulk.ts';
import { accessItems, lockItems, type SelectedItem, type Selection } from './selection.ts';
import { touchBins } from './touchBins.ts';

const { sql } = Prisma;
const maxQuantity = 2 ** 31 - 1;

const QuantityOperation = builder.enumType('QuantityOperation', {
  description: 'What to do with quantities.',
  values: {
    SET: { description: 'Make them this.' },
    CLEAR: { description: 'Leave the items uncounted.' },
    INCREASE: { description: 'Add this; uncounted is 0.' },
    DECREASE: { description: 'Take this away; uncounted is 0.' },
  } as const,
});

type Operation = typeof QuantityOperation.$inferType;

interface Changed {
  readonly updated: readonly SelectedItem[];
  /** Those of which none was left. */
  readonly removed: readonly SelectedItem[];
}

/** The quantity that an operation makes of another; null for uncounted, and never more than can be kept. */
function outcomeOf(operation: Operation, value: number, before: number | null): number | null {
  if (operation === 'CLEAR') return null;
  const base = operation === 'SET' ? 0 : (before ?? 0);
  return Math.min(maxQuantity, operation === 'DECREASE' ? base - value : base + value);
}

/** The same in SQL, for those of which something is left. */
function outcomeSql(operation: Operation, value: number): Prisma.Sql {
  const before = sql`coalesce("quantity", 0)`;
  switch (operation) {
    case 'CLEAR':
      return sql`NULL`;
    case 'SET':
      return sql`${value}`;
    case 'DECREASE':
      return sql`${before} - ${value}`;
    case 'INCREASE':
      return sql`CASE WHEN ${before} > ${maxQuantity - value} THEN ${maxQuantity} ELSE ${before} + ${value} END`;
  }
}

/** Changes quantities; an item of which nothing is left is deleted so that it can be restored (OpenBin 25.1). */
async function changeQuantities(
  context: GraphContext,
  selection: Selection,
  operation: Operation,
  value: number,
): Promise<Changed> {
  const json = jsonSql(context.services.database);
  return context.db.$transaction(async (tx) => {
    const items = await lockItems(tx, context, selection);
    const isUsedUp = ({ quantity }: { readonly quantity: number | null }) =>
      (outcomeOf(operation, value, quantity) ?? 1) <= 0;
    const removed = items.filter(isUsedUp);
    const updated = items.filter((item) => !isUsedUp(item));
    const now = new Date();
    await tx.binItem.updateMany({
      where: { id: { in: removed.map(({ id }) => id) } },
      data: { deletedAt: now },
    });
    await tx.$executeRaw`
      UPDATE "BinItem" SET "quantity" = ${outcomeSql(operation, value)}, "updatedAt" = ${now}
      WHERE "id" IN (SELECT o."value" FROM ${json.rows(updated.map(({ id }) => id))} o)`;
    await touchBins(
      tx,
      items.map(({ binId }) => binId),
    );
    return { updated, removed };
  });
}

builder.relayMutationField(
  'changeItemQuantities',
  {
    description: 'How items are to be counted.',
    inputFields: (t) => ({
      ids: t.idList({ required: true, description: 'The items.' }),
      operation: t.field({ type: QuantityOperation, required: true, description: 'What to do.' }),
      value: t.int({ description: 'At least 0; not for CLEAR.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Counts items; none left deletes an item so that it can be restored. Otherwise as in `deleteItems`.',
    resolve: async (_root, { input }, context) => {
      const ids = checkSelection(context, 'ids', input.ids);
      const { operation } = input;
      const value = operation === 'CLEAR' ? 0 : input.value;
      if (value == null) throw invalid('value', 'required', 'is required');
      if (value < 0) throw invalid('value', 'range', 'must be at least 0');
      const selection = await accessItems(context, ids);
      if (!selection) return { updatedCount: 0, removedCount: 0 };
      const { updated, removed } = await changeQuantities(context, selection, operation, value);
      const isGone = new Set(removed);
      recordBulk(context, selection, {
        action: 'bulk_quantity',
        subjects: [...updated, ...removed],
        countsOf: (items) => {
          const gone = items.filter((item) => isGone.has(item)).length;
          return { updated: items.length - gone, removed: gone };
        },
      });
      return { updatedCount: updated.length, removedCount: removed.length };
    },
  },
  {
    description: 'What became of items that were counted.',
    outputFields: (t) => ({
      updatedCount: t.exposeInt('updatedCount', { description: 'How many items are still there.' }),
      removedCount: t.exposeInt('removedCount', {
        description: 'How many items are deleted because none was left; they can be restored.',
      }),
    }),
  },
);
