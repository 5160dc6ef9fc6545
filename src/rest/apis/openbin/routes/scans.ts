import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { countOf, pageSize } from '../paging.ts';
import { body, list, text, time } from '../shapes.ts';

const tag = 'Scan history';
const path = '/api/scan-history';

export const scanRoutes = [
  route({
    method: 'GET',
    path,
    contract: '21',
    summary: 'The bins that you have scanned, the last one first',
    tag,
    access: 'required',
    query: z.object({ limit: pageSize(20, 100) }),
    document: graphql(`
      query OpenbinScans($limit: Int!) {
        viewer {
          scans(first: $limit) {
            totalCount
            nodes {
              id
              binId
              scannedAt
            }
          }
        }
      }
    `),
    variables: ({ query }) => query,
    success: {
      status: 200,
      body: {
        schema: list(z.strictObject({ id: z.string(), bin_id: z.string(), scanned_at: time })),
        map: ({ viewer: { scans } }, { query }) => ({
          results: scans.nodes.map(({ id, binId, scannedAt }) => ({
            id,
            bin_id: binId,
            scanned_at: scannedAt,
          })),
          count: countOf(query, scans.nodes, scans.totalCount),
        }),
      },
    },
    errors: [],
  }),
  route({
    method: 'POST',
    path,
    contract: '21',
    summary: 'Note that you have scanned a bin',
    tag,
    access: 'required',
    body: body({ binId: text, bin_id: text }),
    document: graphql(`
      mutation OpenbinRecordScan($binId: ID!) {
        recordScan(input: { binId: $binId }) {
          scan {
            id
          }
        }
      }
    `),
    variables: ({ body: { binId: camel, bin_id: snake } }) => ({ binId: camel || snake }),
    success: {
      status: 201,
      body: { schema: z.strictObject({ ok: z.literal(true) }), map: () => ({ ok: true as const }) },
    },
    errors: ['INVALID_INPUT', 'NOT_FOUND'],
  }),
  route({
    method: 'DELETE',
    path,
    contract: '21',
    summary: 'Forget what you have scanned',
    tag,
    access: 'required',
    document: graphql(`
      mutation OpenbinClearScans {
        clearScans(input: {}) {
          clearedCount
        }
      }
    `),
    variables: () => ({}),
    success: { status: 204 },
    errors: [],
  }),
];
