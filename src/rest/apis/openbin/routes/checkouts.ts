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
        mutation OpenbinCheckOutItem($input: CheckOutItemInput!) {
          checkOutItem(input: $input) {
            checkout {
              ...OpenbinCheckout
            }
          }
        }
      `,
      [CheckoutFields],
    ),
    variables: ({ params: { id: binId, itemId } }) => ({ input: { binId, itemId } }),
    success: {
      status: 201,
      body: { schema: one, map: ({ checkOutItem }) => ({ checkout: toCheckout(checkOutItem.checkout) }) },
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
        mutation OpenbinReturnItem($input: ReturnItemInput!) {
          returnItem(input: $input) {
            checkout {
              ...OpenbinCheckout
            }
          }
        }
      `,
      [CheckoutFields],
    ),
    variables: ({ params: { id: binId, itemId }, body: input }) => ({ input: { binId, itemId, ...input } }),
    success: {
      status: 200,
      body: { schema: one, map: ({ returnItem }) => ({ checkout: toCheckout(returnItem.checkout) }) },
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
          binCheckouts(binId: $id, first: 10000) {
            nodes {
              ...OpenbinNamedCheckout
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
        schema: list(namedCheckoutRow),
        map: ({ binCheckouts }) => inList(binCheckouts.nodes.map(toNamedCheckout)),
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
            checkouts(first: 10000) {
              nodes {
                ...OpenbinNamedCheckout
                originBinName
                originBinIcon
                originBinColor
              }
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
        map: ({ location }) =>
          inList(
            location.checkouts.nodes.map((checkout) => ({
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
      mutation OpenbinReturnCheckouts($input: ReturnCheckoutsInput!) {
        returnCheckouts(input: $input) {
          returnedCount
          errors {
            id
            reason
          }
        }
      }
    `),
    variables: ({ params: path, body: input }) => ({ input: { ...path, ...input } }),
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
