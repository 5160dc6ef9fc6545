import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { defaultPort, nodeRules } from '../../../../graph/vpn/node/rules.ts';
import { route } from '../../../engine/route.ts';
import { envelope, inEnvelope } from '../envelope.ts';
import { caseless, exact, id, page, someOf, text, whole } from '../inputs.ts';
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
        query BingoNodes($page: Int!, $pageSize: Int!, $filter: VpnNodeFilter!) {
          vpnNodes(page: $page, pageSize: $pageSize, filter: $filter) {
            totalCount
            nodes {
              ...BingoNode
            }
          }
        }
      `,
      [NodeFields],
    ),
    variables: ({ query: { page, page_size, ...filter } }) => ({ page, pageSize: page_size, filter }),
    success: {
      status: 200,
      body: {
        schema: envelope(pagedListOf(node)),
        map: ({ vpnNodes }, place) =>
          inEnvelope(inPages(vpnNodes.totalCount, vpnNodes.nodes.map(toNode), place)),
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
            ...BingoNode
          }
        }
      `,
      [NodeFields],
    ),
    variables: ({ body: { expire_time, ...same } }) => ({ input: { ...same, expiresAt: expire_time } }),
    success: {
      status: 201,
      body: { schema: envelope(node), map: ({ createVpnNode }) => inEnvelope(toNode(createVpnNode)) },
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
        mutation BingoUpdateNode($id: Int!, $input: UpdateVpnNodeInput!) {
          updateVpnNode(id: $id, input: $input) {
            ...BingoNode
          }
        }
      `,
      [NodeFields],
    ),
    variables: ({ params, body: { expire_time, ...same } }) => ({
      ...params,
      input: { ...same, ...(expire_time !== undefined && { expiresAt: expire_time }) },
    }),
    success: {
      status: 200,
      body: { schema: envelope(node), map: ({ updateVpnNode }) => inEnvelope(toNode(updateVpnNode)) },
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
      mutation BingoDeleteNode($id: Int!) {
        deleteVpnNode(id: $id)
      }
    `),
    variables: ({ params }) => params,
    success: { status: 204 },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'NOT_FOUND'],
  }),
];
