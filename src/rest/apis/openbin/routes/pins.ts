import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { PinnableBinFields, pinnableBinRow, toPinnableBin } from '../bin.ts';
import { body, eitherLocation, idParam, ids, inList, list, locationIdOf } from '../shapes.ts';

const tag = 'Pins';

export const pinRoutes = [
  route({
    method: 'GET',
    path: '/api/bins/pinned',
    contract: '10.7',
    summary: 'The bins of a location that you have pinned',
    tag,
    access: 'required',
    query: eitherLocation,
    document: graphql(
      `
        query OpenbinPinnedBins($locationId: ID!) {
          pinnedBins(locationId: $locationId) {
            ...OpenbinPinnableBin
          }
        }
      `,
      [PinnableBinFields],
    ),
    variables: ({ query }) => locationIdOf(query),
    success: {
      status: 200,
      body: { schema: list(pinnableBinRow), map: ({ pinnedBins }) => inList(pinnedBins.map(toPinnableBin)) },
    },
    externalNames: { locationId: 'location_id' },
    errors: ['FORBIDDEN', 'INVALID_INPUT'],
  }),
  route({
    method: 'PUT',
    path: '/api/bins/pinned/reorder',
    contract: '10.7',
    summary: 'Put your pins in an order',
    tag,
    access: 'required',
    body: body({ binIds: ids, bin_ids: ids }),
    document: graphql(`
      mutation OpenbinReorderPins($binIds: [ID!]!) {
        reorderPins(input: { binIds: $binIds }) {
          reorderedCount
        }
      }
    `),
    variables: ({ body: { binIds: camel, bin_ids: snake } }) => ({
      binIds: camel.length > 0 ? camel : snake,
    }),
    success: {
      status: 200,
      body: { schema: z.strictObject({ success: z.literal(true) }), map: () => ({ success: true as const }) },
    },
    errors: ['INVALID_INPUT'],
  }),
  route({
    method: 'POST',
    path: '/api/bins/:id/pin',
    contract: '10.7',
    summary: 'Pin a bin, at most twenty in a location',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      mutation OpenbinPinBin($id: ID!) {
        pinBin(input: { id: $id }) {
          pinnedBinId
        }
      }
    `),
    variables: ({ params }) => params,
    success: {
      status: 200,
      body: { schema: z.strictObject({ pinned: z.literal(true) }), map: () => ({ pinned: true as const }) },
    },
    errors: ['NOT_FOUND', 'FORBIDDEN', 'PIN_LIMIT_REACHED'],
  }),
  route({
    method: 'DELETE',
    path: '/api/bins/:id/pin',
    contract: '10.7',
    summary: 'Take your pin off a bin',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      mutation OpenbinUnpinBin($id: ID!) {
        unpinBin(input: { id: $id }) {
          unpinnedBinId
        }
      }
    `),
    variables: ({ params }) => params,
    success: {
      status: 200,
      body: { schema: z.strictObject({ pinned: z.literal(false) }), map: () => ({ pinned: false as const }) },
    },
    errors: [],
  }),
];
