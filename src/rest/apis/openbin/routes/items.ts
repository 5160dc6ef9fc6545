import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { items } from '../bin.ts';
import { itemRow } from '../item.ts';
import { body, idParam, params, text } from '../shapes.ts';

const tag = 'Items';

const success = z.strictObject({ success: z.literal(true) });
const path = params('id', 'itemId');

export const itemRoutes = [
  route({
    method: 'POST',
    path: '/api/bins/:id/items',
    contract: '10.8',
    summary: 'Put items at the end of a bin',
    tag,
    access: 'required',
    params: idParam,
    body: body({ items }),
    document: graphql(`
      mutation OpenbinAddItems($input: AddBinItemsInput!) {
        addBinItems(input: $input) {
          items {
            id
            name
            quantity
          }
        }
      }
    `),
    variables: ({ params: { id }, body: input }) => ({ input: { binId: id, ...input } }),
    success: {
      status: 201,
      body: {
        schema: z.strictObject({ items: z.array(itemRow) }),
        map: ({ addBinItems: { items: added } }) => ({ items: added }),
      },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT'],
  }),
  route({
    method: 'PUT',
    path: '/api/bins/:id/items/reorder',
    contract: '10.8',
    summary: 'Put the items of a bin in another order',
    tag,
    access: 'required',
    params: idParam,
    body: body({
      itemIds: z.array(z.string()).optional(),
      item_ids: z.array(z.string()).optional(),
    }),
    document: graphql(`
      mutation OpenbinReorderItems($input: ReorderBinItemsInput!) {
        reorderBinItems(input: $input) {
          itemIds
        }
      }
    `),
    variables: ({ params: { id }, body: { itemIds, item_ids } }) => ({
      input: { binId: id, itemIds: itemIds ?? item_ids ?? [] },
    }),
    success: { status: 200, body: { schema: success, map: () => ({ success: true as const }) } },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT'],
  }),
  route({
    method: 'PUT',
    path: '/api/bins/:id/items/:itemId',
    contract: '10.8',
    summary: 'Rename or count an item',
    tag,
    access: 'required',
    params: path,
    body: body({ name: text, quantity: z.number().nullable().optional() }),
    document: graphql(`
      mutation OpenbinUpdateItem($input: UpdateBinItemInput!) {
        updateBinItem(input: $input) {
          item {
            id
            name
            quantity
          }
        }
      }
    `),
    variables: ({ params: { id: binId, itemId: id }, body: input }) => ({ input: { binId, id, ...input } }),
    success: { status: 200, body: { schema: itemRow, map: ({ updateBinItem }) => updateBinItem.item } },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT'],
  }),
  route({
    method: 'PATCH',
    path: '/api/bins/:id/items/:itemId/quantity',
    contract: '10.8',
    summary: 'Count an item; none left removes it',
    tag,
    access: 'required',
    params: path,
    body: body({ quantity: z.number() }),
    document: graphql(`
      mutation OpenbinSetItemQuantity($input: SetBinItemQuantityInput!) {
        setBinItemQuantity(input: $input) {
          deletedItemId
          item {
            id
            quantity
          }
        }
      }
    `),
    variables: ({ params: { id: binId, itemId: id }, body: input }) => ({ input: { binId, id, ...input } }),
    success: {
      status: 200,
      body: {
        schema: z.union([
          z.strictObject({ id: z.string(), quantity: z.int() }),
          z.strictObject({ id: z.string(), removed: z.literal(true) }),
        ]),
        map: ({ setBinItemQuantity: { item, deletedItemId } }) =>
          // One of the two is there, and an item that was just counted has a quantity.
          item
            ? { id: item.id, quantity: Number(item.quantity) }
            : { id: String(deletedItemId), removed: true as const },
      },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  }),
  route({
    method: 'DELETE',
    path: '/api/bins/:id/items/:itemId',
    contract: '10.8',
    summary: 'Delete an item for good',
    tag,
    access: 'required',
    params: path,
    document: graphql(`
      mutation OpenbinRemoveItem($input: RemoveBinItemInput!) {
        removeBinItem(input: $input) {
          deletedItemId
        }
      }
    `),
    variables: ({ params: { id: binId, itemId: id } }) => ({ input: { binId, id } }),
    success: { status: 200, body: { schema: success, map: () => ({ success: true as const }) } },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  }),
];
