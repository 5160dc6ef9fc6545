import { DomainError } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { accessBin, type BinAccess, lockBin, requireMember } from '../bin/access.ts';
import { recordBinUpdate } from '../bin/binChange.ts';
import { itemIn } from '../item/inBin.ts';
import { lockLocationKeepingVersion } from '../location/roles.ts';
import { type CheckoutRow, readCheckout } from './rows.ts';
import { CheckoutType } from './types.ts';

/**
 * Takes an item out of its bin for a caller who may, and notes it in the log (OpenBin 25.3).
 * Throws NOT_FOUND or ITEM_CHECKED_OUT.
 */
export async function checkOutItem(
  context: GraphContext,
  access: BinAccess,
  itemId: string,
): Promise<CheckoutRow> {
  const { bin, caller } = access;
  const { locationId } = bin;
  const { id, name } = await context.db
    .$transaction(async (tx) => {
      await lockBin(tx, access, lockLocationKeepingVersion);
      const { name } = await itemIn(tx, bin.id, itemId);
      const { id } = await tx.checkout.create({
        data: {
          id: newId(),
          itemId,
          activeItemId: itemId,
          originBinId: bin.id,
          locationId,
          checkedOutById: caller.account.id,
        },
        select: { id: true },
      });
      return { id, name };
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new DomainError('ITEM_CHECKED_OUT', { cause: error }) : error;
    });
  recordBinUpdate(context, access, { item_checked_out: { old: null, new: name } });
  return readCheckout(context, id);
}

builder.relayMutationField(
  'checkOutItem',
  {
    description: 'An item to take.',
    inputFields: (t) => ({
      binId: t.id({ required: true, description: 'The bin.' }),
      itemId: t.id({ required: true, description: 'The item.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Takes an item out of its bin. For members of the location. Throws NOT_FOUND, FORBIDDEN or ITEM_CHECKED_OUT.',
    resolve: async (_root, { input: { binId, itemId } }, context) => {
      const access = requireMember(await accessBin(context, binId));
      return { checkout: await checkOutItem(context, access, itemId) };
    },
  },
  {
    description: 'An item that was taken.',
    outputFields: (t) => ({
      checkout: t.expose('checkout', { type: CheckoutType, description: 'The checkout.' }),
    }),
  },
);
