import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { envelope, inEnvelope, ServiceFields } from '../envelope.ts';
import { text } from '../shapes.ts';

const tag = 'Tunnels';

/** Contract 4, "Tunnel object". */
const tunnel = z.strictObject({
  id: z.string(),
  subdomain: z.string(),
  target: z.string(),
  status: z.enum(['ACTIVE', 'INACTIVE', 'ERROR']),
  region: z.string(),
  request_count: z.int(),
  bytes_out: z.int(),
  created_at: z.string(),
  last_connected_at: z.string().optional(),
  public_url: z.string(),
});

const TunnelFields = graphql(`
  fragment BinboiTunnel on Tunnel @_unmask {
    id
    subdomain
    target
    status
    region
    requestCount
    bytesOut
    createdAt
    lastConnectedAt
    publicUrl
  }
`);

function toTunnel(row: ResultOf<typeof TunnelFields>): z.infer<typeof tunnel> {
  return {
    id: row.id,
    subdomain: row.subdomain,
    target: row.target,
    status: row.status,
    region: row.region,
    request_count: row.requestCount,
    bytes_out: row.bytesOut,
    created_at: row.createdAt,
    ...(row.lastConnectedAt && { last_connected_at: row.lastConnectedAt }),
    public_url: row.publicUrl,
  };
}

const statusesOf = {
  all: null,
  active: ['ACTIVE' as const],
  inactive: ['INACTIVE' as const, 'ERROR' as const],
};

export const tunnelRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/tunnels',
    contract: '4.1',
    summary: 'Your tunnels, newest first',
    tag,
    access: 'required',
    query: z.object({ scope: z.enum(['all', 'active', 'inactive']).default('all') }),
    document: graphql(
      `
        query BinboiTunnels($status: [TunnelStatus!]) {
          viewer {
            tunnels(status: $status, first: 1000) {
              nodes {
                ...BinboiTunnel
              }
            }
          }
          service {
            ...BinboiService
          }
        }
      `,
      [TunnelFields, ServiceFields],
    ),
    variables: ({ query }) => ({ status: statusesOf[query.scope] }),
    success: {
      status: 200,
      body: {
        schema: envelope(z.array(tunnel)),
        map: ({ viewer, service }) => inEnvelope(viewer.tunnels.nodes.map(toTunnel), service),
      },
    },
    errors: [],
    errorMapping: { INVALID_PARAMETER: { status: 400, code: 'TUNNELS_LIST_FAILED' } },
  }),
  route({
    method: 'POST',
    path: '/api/v1/tunnels',
    contract: '4.2',
    summary: 'Reserve a name',
    tag,
    access: 'required',
    body: z.object({ subdomain: text, target: text, region: text }),
    document: graphql(
      `
        mutation BinboiCreateTunnel($input: CreateTunnelInput!) {
          createTunnel(input: $input) {
            tunnel {
              ...BinboiTunnel
            }
            service {
              ...BinboiService
            }
          }
        }
      `,
      [TunnelFields, ServiceFields],
    ),
    variables: ({ body }) => ({ input: body }),
    success: {
      status: 201,
      body: {
        schema: envelope(tunnel),
        map: ({ createTunnel }) => inEnvelope(toTunnel(createTunnel.tunnel), createTunnel.service),
      },
    },
    errors: ['TUNNEL_LIMIT_REACHED', 'INVALID_INPUT', 'SUBDOMAIN_TAKEN'],
    errorMapping: {
      INVALID_BODY: { status: 400, code: 'INVALID_TUNNEL_PAYLOAD' },
      INVALID_INPUT: { status: 400, code: 'TUNNEL_CREATE_FAILED' },
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/tunnels/:id',
    contract: '4.3',
    summary: 'Give up a tunnel; its agent is disconnected',
    tag,
    access: 'required',
    params: z.object({ id: z.string() }),
    document: graphql(`
      mutation BinboiDeleteTunnel($input: DeleteTunnelInput!) {
        deleteTunnel(input: $input) {
          deletedTunnelId
        }
      }
    `),
    variables: ({ params }) => ({ input: params }),
    success: { status: 204 },
    errors: ['NOT_FOUND'],
  }),
];
