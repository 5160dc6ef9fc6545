import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { defaultPort, nodeRules } from '../../../../graph/vpn/node/rules.ts';
import { route } from '../../../engine/route.ts';
import { envelope, inEnvelope } from '../envelope.ts';
import { caseless, exact, id, page, part, someOf, text, whole } from '../inputs.ts';
import { NodeFields, node, nodeStatuses, toNode } from '../nodeShape.ts';
import { inPages, pagedListOf } from '../pages.ts';
import { timeInput } from '../times.ts';

const common = { contract: 'Nodes', tag: 'Nodes', access: 'required' } as const;
const params = z.object({ id });

type Status = keyof typeof nodeStatuses;
const statusByCode = new Map(
  Object.entries(nodeStatuses).map(([name, { code }]) => [String(code), name as Status]),
);
const status = z
  .enum([...statusByCode.keys()], `must be one of ${[...statusByCode.keys()].join(', ')}`)
  .transform((code) => statusByCode.get(code));

const fields = {
  name: text(nodeRules.name),
  ip: caseless(nodeRules.ip),
  host: caseless(nodeRules.host),
  port: whole(nodeRules.port),
  country: caseless(nodeRules.country),
  info: exact(nodeRules.info).nullable(),
  expire_time: timeInput.nullable(),
};

export const nodeRoutes = [
  route({
    ...common,
    method: 'GET',
    path: '/api/v2/nodes/',
    summary: 'The nodes of the organization, newest first',
    query: z.object({
      ...page,
      status: status.optional(),
      country: z.string().optional(),
      search: z.string().optional(),
    }),
    document: graphql(
      `
        query BingoNodes($offset: Int!, $first: Int!, $filter: VpnNodeFilter!) {
          organization {
            vpnNodes(offset: $offset, first: $first, filter: $filter) {
              totalCount
              nodes {
                ...BingoNode
              }
            }
          }
        }
      `,
      [NodeFields],
    ),
    variables: ({ query: { page, page_size, ...filter } }) => ({ ...part({ page, page_size }), filter }),
    success: {
      status: 200,
      body: {
        schema: envelope(pagedListOf(node)),
        map: ({ organization }, place) => {
          const { totalCount, nodes } = organization.vpnNodes;
          return inEnvelope(inPages(totalCount, nodes.map(toNode), place));
        },
      },
    },
    errors: [],
  }),
  route({
    ...common,
    method: 'POST',
    path: '/api/v2/nodes/',
    summary: 'Make a node, which is pending until its agent reports',
    body: z.strictObject({
      ...fields,
      port: fields.port.default(defaultPort),
      info: fields.info.optional(),
      expire_time: fields.expire_time.optional(),
    }),
    document: graphql(
      `
        mutation BingoCreateNode($input: CreateVpnNodeInput!) {
          createVpnNode(input: $input) {
            vpnNode {
              ...BingoNode
            }
          }
        }
      `,
      [NodeFields],
    ),
    variables: ({ body: { expire_time, ...same } }) => ({ input: { ...same, expiresAt: expire_time } }),
    success: {
      status: 201,
      body: { schema: envelope(node), map: ({ createVpnNode }) => inEnvelope(toNode(createVpnNode.vpnNode)) },
    },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'VPN_LIMIT_REACHED', 'INVALID_INPUT'],
  }),
  route({
    ...common,
    method: 'GET',
    path: '/api/v2/nodes/:id/',
    summary: 'One node',
    params,
    document: graphql(
      `
        query BingoNode($id: Int!) {
          vpnNode(id: $id) {
            ...BingoNode
          }
        }
      `,
      [NodeFields],
    ),
    variables: ({ params }) => params,
    success: {
      status: 200,
      body: { schema: envelope(node), map: ({ vpnNode }) => inEnvelope(toNode(vpnNode)) },
    },
    errors: ['NOT_FOUND'],
  }),
  route({
    ...common,
    method: 'PATCH',
    path: '/api/v2/nodes/:id/',
    summary: 'Change a node',
    params,
    body: someOf(fields),
    document: graphql(
      `
        mutation BingoUpdateNode($input: UpdateVpnNodeInput!) {
          updateVpnNode(input: $input) {
            vpnNode {
              ...BingoNode
            }
          }
        }
      `,
      [NodeFields],
    ),
    variables: ({ params, body: { expire_time, ...same } }) => ({
      input: { ...params, ...same, ...(expire_time !== undefined && { expiresAt: expire_time }) },
    }),
    success: {
      status: 200,
      body: { schema: envelope(node), map: ({ updateVpnNode }) => inEnvelope(toNode(updateVpnNode.vpnNode)) },
    },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'NOT_FOUND', 'INVALID_INPUT'],
  }),
  route({
    ...common,
    method: 'DELETE',
    path: '/api/v2/nodes/:id/',
    summary: 'Delete a node with its passwords',
    params,
    document: graphql(`
      mutation BingoDeleteNode($input: DeleteVpnNodeInput!) {
        deleteVpnNode(input: $input) {
          deletedVpnNodeId
        }
      }
    `),
    variables: ({ params }) => ({ input: params }),
    success: { status: 204 },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'NOT_FOUND'],
  }),
];
