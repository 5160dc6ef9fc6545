import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import {
  BinFields,
  binFields,
  binRow,
  PinnableBinFields,
  pinnableBinRow,
  toBin,
  toPinnableBin,
} from '../bin.ts';
import { body, idParam, params, text } from '../shapes.ts';

const tag = 'Bins';

export const binRoutes = [
  route({
    method: 'POST',
    path: '/api/bins',
    contract: '10.4',
    summary: 'Make a bin',
    tag,
    access: 'required',
    body: body({ locationId: text, name: text, ...binFields }),
    document: graphql(
      `
        mutation OpenbinCreateBin($input: CreateBinInput!) {
          createBin(input: $input) {
            bin {
              ...OpenbinBin
            }
          }
        }
      `,
      [BinFields],
    ),
    variables: ({ body: input }) => ({ input }),
    success: { status: 201, body: { schema: binRow, map: ({ createBin }) => toBin(createBin.bin) } },
    errors: ['FORBIDDEN', 'INVALID_INPUT'],
  }),
  route({
    method: 'GET',
    path: '/api/bins/lookup/:shortCode',
    contract: '10.7',
    summary: 'A bin by the code on its label',
    tag,
    access: 'required',
    params: params('shortCode'),
    document: graphql(
      `
        query OpenbinLookup($shortCode: String!) {
          binByShortCode(shortCode: $shortCode) {
            ...OpenbinPinnableBin
          }
        }
      `,
      [PinnableBinFields],
    ),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: { schema: pinnableBinRow, map: ({ binByShortCode }) => toPinnableBin(binByShortCode) },
    },
    errors: ['NOT_FOUND', 'BIN_IN_TRASH'],
  }),
  route({
    method: 'GET',
    path: '/api/bins/:id',
    contract: '10.7',
    summary: 'A bin',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(
      `
        query OpenbinBin($id: ID!) {
          bin(id: $id) {
            ...OpenbinPinnableBin
          }
        }
      `,
      [PinnableBinFields],
    ),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: { schema: pinnableBinRow, map: ({ bin }) => toPinnableBin(bin) },
    },
    errors: ['NOT_FOUND', 'BIN_IN_TRASH'],
  }),
  route({
    method: 'PUT',
    path: '/api/bins/:id',
    contract: '10.7',
    summary: 'Change a bin',
    tag,
    access: 'required',
    params: idParam,
    body: body({ name: z.string().optional(), ...binFields }),
    document: graphql(
      `
        mutation OpenbinUpdateBin($input: UpdateBinInput!) {
          updateBin(input: $input) {
            bin {
              ...OpenbinPinnableBin
            }
          }
        }
      `,
      [PinnableBinFields],
    ),
    variables: ({ params: path, body: input }) => ({ input: { ...path, ...input } }),
    success: {
      status: 200,
      body: { schema: pinnableBinRow, map: ({ updateBin }) => toPinnableBin(updateBin.bin) },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT'],
  }),
];
