import { notFound } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { type JsonSql, jsonSql } from '../../core/jsonSql.ts';
import { appendItems } from '../bin/contents.ts';
import { visibleBins } from '../bin/visible.ts';
import { touchBins } from '../item/touchBins.ts';
import { lockLocationAs } from '../location/roles.ts';
import { accessEntry, type EntryAccess, recordCrossedOut } from './access.ts';

interface Restored {
  readonly binId: string;
  readonly itemId: string;
  readonly name: string;
}

const RestoredItem = builder.objectRef<Restored>('RestoredItem').implement({
  description: 'What was bought, as it lies in its bin now.',
  fields: (t) => ({
    binId: t.exposeID('binId', { description: 'The bin.' }),
    itemId: t.exposeID('itemId', { description: 'The item.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
  }),
});

/** Puts what was bought in its bin, if that is live and visible; under the location's lock. */
async function restore(
  tx: Prisma.TransactionClient,
  json: JsonSql,
  { caller, entry: { originBinId, locationId, name } }: EntryAccess,
): Promise<Restored | null> {
  if (originBinId === null) return null;
  const bin = await tx.bin.findFirst({
    where: { id: originBinId, locationId, ...visibleBins(caller.account.id) },
    select: { id: true },
  });
  if (!bin) return null;
  await touchBins(tx, [bin.id]);
  const [item] = await appendItems(tx, json, { binId: bin.id, locationId }, [{ name, quantity: null }]);
  return item ? { binId: bin.id, itemId: item.id, name: item.name } : null;
}

/** Takes an entry off the list and puts what was bought in its bin (OpenBin 23). Throws NOT_FOUND for one that is gone. */
async function purchase(context: GraphContext, access: EntryAccess): Promise<Restored | null> {
  const { id, locationId } = access.entry;
  const restored = await context.db.$transaction(async (tx) => {
    await lockLocationAs(tx, access.caller, locationId, 'MEMBER');
    const { count } = await tx.shoppingEntry.deleteMany({ where: { id, locationId } });
    if (count === 0) throw notFound('Shopping entry');
    return restore(tx, jsonSql(context.services.database), access);
  });
  recordCrossedOut(context, access, 'purchased');
  return restored;
}

builder.relayMutationField(
  'purchaseShoppingEntry',
  {
    description: 'Something that was bought.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The entry.' }) }),
  },
  {
    access: signedIn,
    description:
      'Takes something off the list, bought: it goes to the end of its bin. For members of the location. Throws NOT_FOUND or FORBIDDEN.',
    resolve: async (_root, { input: { id } }, context) => ({
      deletedShoppingEntryId: id,
      restored: await purchase(context, await accessEntry(context, id)),
    }),
  },
  {
    description: 'What became of something that was bought.',
    outputFields: (t) => ({
      deletedShoppingEntryId: t.exposeID('deletedShoppingEntryId', {
        description: 'The entry that was taken off the list.',
      }),
      restored: t.expose('restored', {
        type: RestoredItem,
        nullable: true,
        description: 'What was bought, in its bin; null when there is no bin for it that you may see.',
      }),
    }),
  },
);
