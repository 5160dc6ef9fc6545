import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { bulkErrors } from '../bulk.ts';
import { body, text } from '../shapes.ts';

const tag = 'Items';

const ids = z.array(z.string());
const count = z.int().min(0);
/** What the graph's Int holds; the rest of the rule is the graph's. */
const value = z
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1);
const operations = { set: 'SET', clear: 'CLEAR', inc: 'INCREASE', dec: 'DECREASE' } as const;

const shared = { method: 'POST', contract: '25.1', tag, access: 'required' } as const;
const errors = ['FORBIDDEN', 'INVALID_INPUT', 'SELECTION_TOO_LARGE'] as const;

export const itemBulkRoutes = [
  route({
    ...shared,
    path: '/api/items/bulk-delete',
    summary: 'Delete items so that they can be restored',
    body: body({ ids }),
    document: graphql(`
      mutation OpenbinDeleteItems($input: DeleteItemsInput!) {
        deleteItems(input: $input) {
          deletedCount
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ deleted: count }),
        map: ({ deleteItems: { deletedCount: deleted } }) => ({ deleted }),
      },
    },
    errors,
  }),
  route({
    ...shared,
    path: '/api/items/bulk-restore',
    summary: 'Bring deleted items back',
    body: body({ ids }),
    document: graphql(`
      mutation OpenbinRestoreItems($input: RestoreItemsInput!) {
        restoreItems(input: $input) {
          restoredCount
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ restored: count }),
        map: ({ restoreItems: { restoredCount: restored } }) => ({ restored }),
      },
    },
    errors,
  }),
  route({
    ...shared,
    path: '/api/items/bulk-checkout',
    summary: 'Take items out of their bins',
    body: body({ ids }),
    document: graphql(`
      mutation OpenbinCheckOutItems($input: CheckOutItemsInput!) {
        checkOutItems(input: $input) {
          checkedOutCount
          errors {
            id
            reason
          }
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ checkedOut: count, errors: bulkErrors }),
        map: ({ checkOutItems: outcome }) => ({
          checkedOut: outcome.checkedOutCount,
          errors: outcome.errors,
        }),
      },
    },
    errors,
  }),
  route({
    ...shared,
    path: '/api/items/bulk-move',
    summary: 'Put items at the end of a bin',
    body: body({ ids, targetBinId: text }),
    document: graphql(`
      mutation OpenbinMoveItems($input: MoveItemsInput!) {
        moveItems(input: $input) {
          movedCount
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ moved: count }),
        map: ({ moveItems: { movedCount: moved } }) => ({ moved }),
      },
    },
    errors: [...errors, 'NOT_FOUND'],
  }),
  route({
    ...shared,
    path: '/api/items/bulk-quantity',
    summary: 'Count items; none left deletes them so that they can be restored',
    body: body({
      ids,
      op: z.enum(['set', 'clear', 'inc', 'dec']).transform((op) => operations[op]),
      value: value.nullish(),
    }),
    document: graphql(`
      mutation OpenbinChangeItemQuantities($input: ChangeItemQuantitiesInput!) {
        changeItemQuantities(input: $input) {
          updatedCount
          removedCount
        }
      }
    `),
    variables: ({ body: { op, ...input } }) => ({ input: { operation: op, ...input } }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ updated: count, removed: count }),
        map: ({ changeItemQuantities: { updatedCount, removedCount } }) => ({
          updated: updatedCount,
          removed: removedCount,
        }),
      },
    },
    errors,
  }),
];
