import { z } from 'zod';
import { graphql, type ResultOf } from '../../../graph/core/documents.ts';
import { time } from './shapes.ts';

/** Contract 25.3. */
export const checkoutRow = z.strictObject({
  id: z.string(),
  item_id: z.string(),
  origin_bin_id: z.string(),
  location_id: z.string(),
  checked_out_by: z.string().nullable(),
  checked_out_at: time,
  returned_at: time.nullable(),
  returned_by: z.string().nullable(),
  return_bin_id: z.string().nullable(),
});

/** What the lists add. */
export const namedCheckoutRow = checkoutRow.extend({
  item_name: z.string(),
  checked_out_by_name: z.string(),
});

export const CheckoutFields = graphql(`
  fragment OpenbinCheckout on Checkout @_unmask {
    id
    itemId
    originBinId
    locationId
    checkedOutById
    checkedOutAt
    returnedAt
    returnedById
    returnBinId
  }
`);

export const NamedCheckoutFields = graphql(
  `
    fragment OpenbinNamedCheckout on Checkout @_unmask {
      ...OpenbinCheckout
      itemName
      checkedOutByName
    }
  `,
  [CheckoutFields],
);

/** A checkout as the contract shows it. */
export function toCheckout(checkout: ResultOf<typeof CheckoutFields>): z.infer<typeof checkoutRow> {
  return {
    id: checkout.id,
    item_id: checkout.itemId,
    origin_bin_id: checkout.originBinId,
    location_id: checkout.locationId,
    checked_out_by: checkout.checkedOutById,
    checked_out_at: checkout.checkedOutAt,
    returned_at: checkout.returnedAt,
    returned_by: checkout.returnedById,
    return_bin_id: checkout.returnBinId,
  };
}

/** The same in a list. */
export function toNamedCheckout(
  checkout: ResultOf<typeof NamedCheckoutFields>,
): z.infer<typeof namedCheckoutRow> {
  return {
    ...toCheckout(checkout),
    item_name: checkout.itemName,
    checked_out_by_name: checkout.checkedOutByName ?? '',
  };
}
