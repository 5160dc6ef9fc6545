import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { BinFields, binRow, PinnableBinFields, pinnableBinRow, toBin, toPinnableBin } from '../bin.ts';
import { body, idParam, text } from '../shapes.ts';

const tag = 'Bins';

export const binActionRoutes = [
  route({
    method: 'POST',
    path: '/api/bins/:id/change-code',
    contract: '10.7',
    summary: 'Give a bin another code for its label',
    tag,
    access: 'required',
    params: idParam,
    body: body({ code: text }),
    document: graphql(
      `
        mutation OpenbinChangeCode($input: ChangeShortCodeInput!) {
          changeShortCode(input: $input) {
            bin {
              ...OpenbinPinnableBin
            }
          }
        }
      `,
      [PinnableBinFields],
    ),
    variables: ({ params, body: { code } }) => ({ input: { ...params, shortCode: code } }),
    success: {
      status: 200,
      body: { schema: pinnableBinRow, map: ({ changeShortCode }) => toPinnableBin(changeShortCode.bin) },
    },
    externalNames: { shortCode: 'code' },
    errors: ['INVALID_INPUT', 'NOT_FOUND', 'FORBIDDEN', 'SHORT_CODE_TAKEN'],
  }),
  route({
    method: 'POST',
    path: '/api/bins/:id/move',
    contract: '10.7',
    summary: 'Move a bin to another location',
    tag,
    access: 'required',
    params: idParam,
    body: body({ locationId: text }),
    document: graphql(
      `
        mutation OpenbinMoveBin($input: MoveBinInput!) {
          moveBin(input: $input) {
            bin {
              ...OpenbinBin
            }
          }
        }
      `,
      [BinFields],
    ),
    variables: ({ params, body: input }) => ({ input: { ...params, ...input } }),
    success: { status: 200, body: { schema: binRow, map: ({ moveBin }) => toBin(moveBin.bin) } },
    errors: ['INVALID_INPUT', 'NOT_FOUND', 'FORBIDDEN', 'SHORT_CODE_TAKEN'],
  }),
  route({
    method: 'POST',
    path: '/api/bins/:id/duplicate',
    contract: '10.7',
    summary: 'Make a copy of a bin',
    tag,
    access: 'required',
    params: idParam,
    body: body({ name: z.string().nullish() }),
    document: graphql(
      `
        mutation OpenbinDuplicateBin($input: DuplicateBinInput!) {
          duplicateBin(input: $input) {
            bin {
              ...OpenbinBin
            }
          }
        }
      `,
      [BinFields],
    ),
    variables: ({ params, body: input }) => ({ input: { ...params, ...input } }),
    success: { status: 201, body: { schema: binRow, map: ({ duplicateBin }) => toBin(duplicateBin.bin) } },
    errors: ['NOT_FOUND', 'FORBIDDEN', 'INVALID_INPUT'],
  }),
  route({
    method: 'PUT',
    path: '/api/bins/:id/add-tags',
    contract: '10.7',
    summary: 'Add tags to a bin',
    tag,
    access: 'required',
    params: idParam,
    body: body({ tags: z.array(z.string()) }),
    document: graphql(`
      mutation OpenbinAddTags($input: AddBinTagsInput!) {
        addBinTags(input: $input) {
          bin {
            id
            tags
          }
        }
      }
    `),
    variables: ({ params, body: input }) => ({ input: { ...params, ...input } }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ id: z.string(), tags: z.array(z.string()) }),
        map: ({ addBinTags }) => addBinTags.bin,
      },
    },
    errors: ['INVALID_INPUT', 'NOT_FOUND', 'FORBIDDEN'],
  }),
];
