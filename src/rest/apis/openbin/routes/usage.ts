import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, idParam, inList, list } from '../shapes.ts';

const tag = 'Usage';
const path = '/api/bins/:id/usage';
const triggers = { scan: 'SCAN', manual: 'MANUAL' } as const;

export const usageRoutes = [
  route({
    method: 'GET',
    path,
    contract: '25.4',
    summary: 'How often a bin was used, day by day, the last one first',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      query OpenbinUsage($id: ID!) {
        binUsage(binId: $id, first: 10000) {
          nodes {
            day
            count
          }
        }
      }
    `),
    variables: ({ params }) => params,
    success: {
      status: 200,
      body: {
        schema: list(z.strictObject({ date: z.iso.date(), count: z.int() })),
        map: ({ binUsage }) => inList(binUsage.nodes.map(({ day, count }) => ({ date: day, count }))),
      },
    },
    errors: ['NOT_FOUND'],
  }),
  route({
    method: 'POST',
    path,
    contract: '25.4',
    summary: 'Count a use of a bin, if your preferences let it count',
    tag,
    access: 'required',
    params: idParam,
    body: body({ trigger: z.enum(['scan', 'manual']) }),
    document: graphql(`
      mutation OpenbinRecordUse($id: ID!, $use: BinUse!) {
        recordBinUse(input: { binId: $id, use: $use }) {
          recorded
        }
      }
    `),
    variables: ({ params, body: { trigger } }) => ({ ...params, use: triggers[trigger] }),
    success: {
      status: 201,
      alternative: { status: 200, when: ({ recordBinUse }) => !recordBinUse.recorded },
      body: {
        schema: z.strictObject({ ok: z.literal(true), recorded: z.boolean() }),
        map: ({ recordBinUse }) => ({ ok: true as const, recorded: recordBinUse.recorded }),
      },
    },
    errors: ['NOT_FOUND'],
  }),
];
