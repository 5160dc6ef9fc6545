import { notFound } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { returnedTo } from '../activity/namedBins.ts';
import { accessBin, type BinAccess, lockBin, lookAgain, requireMember } from '../bin/access.ts';
import { recordBinUpdate } from '../bin/binChange.ts';
import { bringBack, lockFor } from './bringBack.ts';
import { type CheckoutRow, readCheckout } from './rows.ts';
import { accessTarget } from './target.ts';
import { CheckoutType } from './types.ts';

/** What the log says at both bins, which may be one (OpenBin 17). */
function recordReturn(
  context: GraphContext,
  access: BinAccess,
  target: BinAccess | undefined,
  itemName: string,
): void {
  if (!target || target.bin.id === access.bin.id) {
    recordBinUpdate(context, access, { item_returned: { old: null, new: itemName } });
    return;
  }
  recordBinUpdate(context, access, returnedTo(target.bin, itemName));
  recordBinUpdate(context, target, { item_received: { old: null, new: itemName } });
}

/**
 * Brings an item back to its bin, or to the end of another bin of the location, for a caller who may see
 * both; notes it in the log (OpenBin 25.3). Throws NOT_FOUND unless it is out of just this bin.
 */
export async function returnItem(
  context: GraphContext,
  access: BinAccess,
  itemId: string,
  target?: BinAccess,
): Promise<CheckoutRow> {
  const { bin, caller } = access;
  const checkout = await context.db.$transaction(async (tx) => {
    await lockBin(tx, access, lockFor(target));
    if (target) await lookAgain(tx, target);
    const found = await tx.checkout.findFirst({
      where: {
        activeItemId: itemId,
        originBinId: bin.id,
        item: { deletedAt: null },
      },
      select: { id: true, itemId: true, originBinId: true, item: { select: { name: true } } },
    });
    if (!found) throw notFound('Checkout');
    await bringBack(tx, jsonSql(context.services.database), [found], caller.account.id, target?.bin);
    return found;
  });
  recordReturn(context, access, target, checkout.item.name);
  return readCheckout(context, checkout.id);
}

builder.relayMutationField(
  'returnItem',
  {
    description: 'An item to bring back.',
    inputFields: (t) => ({
      binId: t.id({ required: true, description: 'The bin that it was taken out of.' }),
      itemId: t.id({ required: true, description: 'The item.' }),
      targetBinId: t.id({ description: 'Another bin of the location; the same unless given.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Brings an item back that anybody has taken. For members of the location. Throws NOT_FOUND or FORBIDDEN.',
    resolve: async (_root, { input: { binId, itemId, targetBinId } }, context) => {
      const access = requireMember(await accessBin(context, binId));
      const target = await accessTarget(context, access.bin.locationId, targetBinId);
      return { checkout: await returnItem(context, access, itemId, target) };
    },
  },
  {
    description: 'An item that was brought back.',
    outputFields: (t) => ({
      checkout: t.expose('checkout', { type: CheckoutType, description: 'The checkout, which has ended.' }),
    }),
  },
);
