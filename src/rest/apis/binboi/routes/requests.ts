import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { integer, time } from '../../../engine/parameters.ts';
import { route } from '../../../engine/route.ts';
import { envelope, inEnvelope, ServiceFields } from '../envelope.ts';

/** Contract 6: what the command-line client decodes, and the extra fields of the original. */
const request = z.strictObject({
  id: z.string(),
  tunnel_id: z.string(),
  tunnel_subdomain: z.string(),
  kind: z.enum(['REQUEST', 'WEBHOOK']),
  provider: z.string().nullable(),
  event_type: z.string().nullable(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  duration_ms: z.int(),
  created_at: z.string(),
});

const RequestFields = graphql(`
  fragment BinboiRequest on TunnelRequest @_unmask {
    id
    tunnel {
      id
      subdomain
    }
    kind
    provider
    eventType
    method
    path
    status
    durationMs
    createdAt
  }
`);

function toRequest(row: ResultOf<typeof RequestFields>): z.infer<typeof request> {
  return {
    id: row.id,
    tunnel_id: row.tunnel.id,
    tunnel_subdomain: row.tunnel.subdomain,
    kind: row.kind,
    provider: row.provider,
    event_type: row.eventType,
    method: row.method,
    path: row.path,
    status: row.status,
    duration_ms: row.durationMs,
    created_at: row.createdAt,
  };
}

export const requestRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/requests',
    contract: '6',
    summary: 'What visitors asked of your tunnels, newest first',
    tag: 'Tunnels',
    access: 'required',
    query: z.object({
      limit: integer(1, 500).default(200),
      kind: z.enum(['REQUEST', 'WEBHOOK']).optional(),
      tunnel: z.string().optional(),
      method: z.string().optional(),
      path_prefix: z.string().optional(),
      status: integer(100, 999).optional(),
      since: time.optional(),
      until: time.optional(),
      sort: z.enum(['newest', 'oldest']).default('newest'),
      q: z.string().optional(),
    }),
    document: graphql(
      `
        query BinboiRequests($filter: TunnelRequestFilter, $first: Int, $order: ListOrder!) {
          viewer {
            tunnelRequests(filter: $filter, first: $first, order: $order) {
              nodes {
                ...BinboiRequest
              }
            }
          }
          service {
            ...BinboiService
          }
        }
      `,
      [RequestFields, ServiceFields],
    ),
    variables: ({ query: { limit, sort, tunnel, path_prefix, q, ...same } }) => ({
      first: limit,
      order: sort === 'newest' ? ('NEWEST_FIRST' as const) : ('OLDEST_FIRST' as const),
      filter: { ...same, subdomain: tunnel, pathPrefix: path_prefix, search: q },
    }),
    success: {
      status: 200,
      body: {
        schema: envelope(z.array(request)),
        map: ({ viewer, service }) => inEnvelope(viewer.tunnelRequests.nodes.map(toRequest), service),
      },
    },
    errors: [],
  }),
];
