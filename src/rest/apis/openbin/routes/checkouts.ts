import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { bulkErrors } from '../bulk.ts';
import {
  CheckoutFields,
  checkoutRow,
  NamedCheckoutFields,
  namedCheckoutRow,
  toCheckout,
  toNamedCheckout,
} from '../checkout.ts';
import { body, idParam, inList, list, params } from '../shapes.ts';

const tag = 'Checkouts';

const one = z.strictObject({ checkout: checkoutRow });

export const checkoutRoutes = [
  route({
    method: 'POST',
    path: '/api/bins/:id/items/:itemId/checkout',
    contract: '25.3',
    summary: 'Take an item out of its bin',
    tag,
    access: 'required',
    params: params('id', 'itemId'),
    document: graphql(
      `
        mutation OpenbinCheckOutItem($id: ID!, $itemId: ID!) {
          checkOutItem(binId: $id, itemId: $itemId) {
            ...OpenbinCheckout
          }
        }
      `,
      [CheckoutFields],
    ),
    variables: ({ params: path }) => path,
    success: {
      status: 201,
      body: { schema: one, map: ({ checkOutItem }) => ({ checkout: toCheckout(checkOutItem) }) },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'ITEM_CHECKED_OUT'],
  }),
  route({
    method: 'POST',
    path: '/api/bins/:id/items/:itemId/return',
    contract: '25.3',
    summary: 'Bring an item back',
    tag,
    access: 'required',
    params: params('id', 'itemId'),
    body: body({ targetBinId: z.string().nullish() }),
    document: graphql(
      `
        mutation OpenbinReturnItem($id: ID!, $itemId: ID!, $targetBinId: ID) {
          returnItem(binId: $id, itemId: $itemId, targetBinId: $targetBinId) {
            ...OpenbinCheckout
          }
        }
      `,
      [CheckoutFields],
    ),
    variables: ({ params: path, body: input }) => ({ ...path, ...input }),
    success: {
      status: 200,
      body: { schema: one, map: ({ returnItem }) => ({ checkout: toCheckout(returnItem) }) },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  }),
  route({
    method: 'GET',
    path: '/api/bins/:id/checkouts',
    contract: '25.3',
    summary: 'The items of a bin that are out',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(
      `
        query OpenbinBinCheckouts($id: ID!) {
          binCheckouts(binId: $id) {
            ...OpenbinNamedCheckout
          }
        }
      `,
      [NamedCheckoutFields],
    ),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: {
        schema: list(namedCheckoutRow),
        map: ({ binCheckouts }) => inList(binCheckouts.map(toNamedCheckout)),
      },
    },
    errors: ['NOT_FOUND'],
  }),
  route({
    method: 'GET',
    path: '/api/locations/:locationId/checkouts',
    contract: '25.3',
    summary: 'The items of a location that are out',
    tag,
    access: 'required',
    params: params('locationId'),
    document: graphql(
      `
        query OpenbinCheckouts($locationId: ID!) {
          location(id: $locationId) {
            checkouts {
              ...OpenbinNamedCheckout
              originBinName
              originBinIcon
              originBinColor
            }
          }
        }
      `,
      [NamedCheckoutFields],
    ),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: {
        schema: list(
          namedCheckoutRow.extend({
            origin_bin_name: z.string(),
            origin_bin_icon: z.string(),
            origin_bin_color: z.string(),
          }),
        ),
        map: ({ location: { checkouts } }) =>
          inList(
            checkouts.map((checkout) => ({
              ...toNamedCheckout(checkout),
              origin_bin_name: checkout.originBinName,
              origin_bin_icon: checkout.originBinIcon,
              origin_bin_color: checkout.originBinColor,
            })),
          ),
      },
    },
    errors: ['FORBIDDEN'],
  }),
  route({
    method: 'POST',
    path: '/api/locations/:locationId/checkouts/bulk-return',
    contract: '25.3',
    summary: 'Bring items back',
    tag,
    access: 'required',
    params: params('locationId'),
    body: body({ checkoutIds: z.array(z.string()), targetBinId: z.string().nullish() }),
    document: graphql(`
      mutation OpenbinReturnCheckouts($locationId: ID!, $checkoutIds: [ID!]!, $targetBinId: ID) {
        returnCheckouts(locationId: $locationId, checkoutIds: $checkoutIds, targetBinId: $targetBinId) {
          returnedCount
          errors {
            id
            reason
          }
        }
      }
    `),
    variables: ({ params: path, body: input }) => ({ ...path, ...input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ returned: z.int().min(0), errors: bulkErrors }),
        map: ({ returnCheckouts: { returnedCount, errors } }) => ({ returned: returnedCount, errors }),
      },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT', 'SELECTION_TOO_LARGE'],
  }),
];
