import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { BinFields, binRow, toBin } from '../bin.ts';
import { eitherLocation, idParam, inList, list, locationIdOf, said, time } from '../shapes.ts';

const tag = 'Trash';

export const trashRoutes = [
  route({
    method: 'GET',
    path: '/api/bins/trash',
    contract: '10.7',
    summary: 'The bins in the trash of a location, the last one thrown away first',
    tag,
    access: 'required',
    query: eitherLocation,
    document: graphql(
      `
        query OpenbinTrash($locationId: ID!) {
          trashedBins(locationId: $locationId, first: 500) {
            nodes {
              ...OpenbinBin
              deletedAt
            }
          }
        }
      `,
      [BinFields],
    ),
    variables: ({ query }) => locationIdOf(query),
    success: {
      status: 200,
      body: {
        schema: list(binRow.extend({ deleted_at: time.nullable() })),
        map: ({ trashedBins }) =>
          inList(trashedBins.nodes.map((bin) => ({ ...toBin(bin), deleted_at: bin.deletedAt }))),
      },
    },
    externalNames: { locationId: 'location_id' },
    errors: ['FORBIDDEN', 'INVALID_INPUT'],
  }),
  route({
    method: 'DELETE',
    path: '/api/bins/:id',
    contract: '10.7',
    summary: 'Put a bin into the trash',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(
      `
        mutation OpenbinDeleteBin($input: DeleteBinInput!) {
          deleteBin(input: $input) {
            bin {
              ...OpenbinBin
            }
          }
        }
      `,
      [BinFields],
    ),
    variables: ({ params: input }) => ({ input }),
    success: { status: 200, body: { schema: binRow, map: ({ deleteBin }) => toBin(deleteBin.bin) } },
    errors: ['NOT_FOUND', 'FORBIDDEN'],
  }),
  route({
    method: 'POST',
    path: '/api/bins/:id/restore',
    contract: '10.7',
    summary: 'Take a bin out of the trash',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(
      `
        mutation OpenbinRestoreBin($input: RestoreBinInput!) {
          restoreBin(input: $input) {
            bin {
              ...OpenbinBin
            }
          }
        }
      `,
      [BinFields],
    ),
    variables: ({ params: input }) => ({ input }),
    success: { status: 200, body: { schema: binRow, map: ({ restoreBin }) => toBin(restoreBin.bin) } },
    errors: ['NOT_FOUND', 'FORBIDDEN'],
  }),
  route({
    method: 'DELETE',
    path: '/api/bins/:id/permanent',
    contract: '10.7',
    summary: 'Delete a bin that is in the trash for good',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      mutation OpenbinEraseBin($input: EraseBinInput!) {
        eraseBin(input: $input) {
          deletedBinId
        }
      }
    `),
    variables: ({ params: input }) => ({ input }),
    success: { status: 200, body: { schema: said, map: () => ({ message: 'Bin permanently deleted' }) } },
    errors: ['NOT_FOUND', 'FORBIDDEN'],
  }),
];
