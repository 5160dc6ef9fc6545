import { Issues } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { accessBin, type BinAccess, lockBin, requireEditor } from '../bin/access.ts';
import { recordBinUpdate } from '../bin/binChange.ts';
import { appendItems } from '../bin/contents.ts';
import { checkItems, type NewItem } from '../bin/fields.ts';
import { BinItemInput } from '../bin/inputs.ts';
import type { BinItemRow } from '../bin/rows.ts';
import { BinItemType } from '../bin/type.ts';
import { touchBins } from './touchBins.ts';

/** Puts items that were checked at the end of a bin, for a caller who may, and notes it in the log (OpenBin 10.8). */
export async function addItems(
  context: GraphContext,
  access: BinAccess,
  items: readonly NewItem[],
): Promise<BinItemRow[]> {
  const { id: binId, locationId } = access.bin;
  if (items.length === 0) return [];
  const { database } = context.services;
  const made = await database.transact(async (sql) => {
    await lockBin(sql, access);
    await touchBins(sql, [binId]);
    return appendItems(sql, jsonSql(database), { binId, locationId }, items);
  });
  recordBinUpdate(context, access, { items_added: { old: null, new: made.map(({ name }) => name) } });
  return made;
}

builder.relayMutationField(
  'addBinItems',
  {
    description: 'Items for a bin.',
    inputFields: (t) => ({
      binId: t.id({ required: true, description: 'The bin.' }),
      items: t.field({
        type: [BinItemInput],
        required: true,
        description: 'From 1 to 500; those without a name are left out.',
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Puts items at the end of a bin. For its maker, if a member, and administrators. Throws NOT_FOUND, FORBIDDEN or INVALID_INPUT.',
    resolve: async (_root, { input: { binId, items: given } }, context) => {
      const issues = new Issues();
      if (given.length === 0) issues.add('items', 'required', 'is required');
      const items = checkItems(issues, given);
      issues.throwIfAny();
      const access = requireEditor(await accessBin(context, binId));
      return { items: await addItems(context, access, items) };
    },
  },
  {
    description: 'Items that were added.',
    outputFields: (t) => ({
      items: t.expose('items', { type: [BinItemType], description: 'The new items, in their order.' }),
    }),
  },
);
