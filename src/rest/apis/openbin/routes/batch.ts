import { z } from 'zod';
import { graphql, type VariablesOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, text } from '../shapes.ts';
import { operations } from './batchOperations.ts';

/** `update_bin` for `UPDATE_BIN`. */
const externalType = (type: string): string => type.toLowerCase();

const result = z.strictObject({
  type: z.string(),
  success: z.boolean(),
  details: z.string(),
  bin_id: z.string().optional(),
  bin_name: z.string().optional(),
  error: z.string().optional(),
});

const document = graphql(`
  mutation OpenbinRunBatch($input: RunBatchInput!) {
    runBatch(input: $input) {
      outcomes {
        type
        succeeded
        details
        binId
        binName
      }
    }
  }
`);

export const batchRoutes = [
  route({
    method: 'POST',
    path: '/api/batch',
    contract: '22',
    summary: 'Run up to 50 operations, each of which succeeds or fails alone',
    tag: 'Batch',
    access: 'required',
    body: body({ locationId: text, operations }),
    document,
    variables: ({ body: input }): VariablesOf<typeof document> => ({ input }),
    externalNames: {
      binId: 'bin_id',
      newName: 'new_name',
      areaId: 'area_id',
      areaName: 'area_name',
      itemIds: 'item_ids',
      cardStyle: 'card_style',
      customFields: 'custom_fields',
      oldItem: 'old_item',
      newItem: 'new_item',
      itemName: 'item_name',
      oldTag: 'old_tag',
      newTag: 'new_tag',
      targetBinId: 'target_bin_id',
    },
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ results: z.array(result), errors: z.array(z.string()) }),
        map: ({ runBatch: { outcomes } }) => ({
          results: outcomes.map(({ type, succeeded, details, binId, binName }) => ({
            type: externalType(type),
            success: succeeded,
            details,
            ...(binId !== null && { bin_id: binId, bin_name: binName ?? '' }),
            ...(!succeeded && { error: details }),
          })),
          errors: outcomes
            .filter(({ succeeded }) => !succeeded)
            .map(({ type, details }) => `${externalType(type)}: ${details}`),
        }),
      },
    },
    errors: ['LOCATION_REQUIRED', 'FORBIDDEN', 'INVALID_INPUT'],
  }),
];
