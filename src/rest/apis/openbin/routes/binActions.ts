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
        mutation OpenbinChangeCode($id: ID!, $shortCode: String!) {
          changeShortCode(id: $id, shortCode: $shortCode) {
            ...OpenbinPinnableBin
          }
        }
      `,
      [PinnableBinFields],
    ),
    variables: ({ params, body: { code } }) => ({ ...params, shortCode: code }),
    success: {
      status: 200,
      body: { schema: pinnableBinRow, map: ({ changeShortCode }) => toPinnableBin(changeShortCode) },
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
        mutation OpenbinMoveBin($id: ID!, $locationId: ID!) {
          moveBin(id: $id, locationId: $locationId) {
            ...OpenbinBin
          }
        }
      `,
      [BinFields],
    ),
    variables: ({ params, body: input }) => ({ ...params, ...input }),
    success: { status: 200, body: { schema: binRow, map: ({ moveBin }) => toBin(moveBin) } },
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
        mutation OpenbinDuplicateBin($id: ID!, $name: String) {
          duplicateBin(id: $id, name: $name) {
            ...OpenbinBin
          }
        }
      `,
      [BinFields],
    ),
    variables: ({ params, body: input }) => ({ ...params, ...input }),
    success: { status: 201, body: { schema: binRow, map: ({ duplicateBin }) => toBin(duplicateBin) } },
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
      mutation OpenbinAddTags($id: ID!, $tags: [String!]!) {
        addBinTags(id: $id, tags: $tags) {
          id
          tags
        }
      }
    `),
    variables: ({ params, body: input }) => ({ ...params, ...input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ id: z.string(), tags: z.array(z.string()) }),
        map: ({ addBinTags }) => addBinTags,
      },
    },
    errors: ['INVALID_INPUT', 'NOT_FOUND', 'FORBIDDEN'],
  }),
];
