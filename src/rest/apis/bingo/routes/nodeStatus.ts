import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { envelope, inEnvelope } from '../envelope.ts';
import { id } from '../inputs.ts';
import {
  NodeFields,
  NodeStatusFields,
  node,
  nodeStatus,
  nodeStatuses,
  toNode,
  toNodeStatus,
} from '../nodeShape.ts';

const common = { contract: 'Nodes', tag: 'Nodes', access: 'required', params: z.object({ id }) } as const;
const off = nodeStatuses.DISABLED.code;
const on = nodeStatuses.DEPLOYED.code;

export const nodeStatusRoutes = [
  route({
    ...common,
    method: 'POST',
    path: '/api/v2/nodes/:id/redeploy/',
    summary: 'Deploy a node again, while can_redeploy says so',
    document: graphql(
      `
        mutation BingoRedeployNode($input: RedeployVpnNodeInput!) {
          redeployVpnNode(input: $input) {
            vpnNode {
              ...BingoNode
            }
          }
        }
      `,
      [NodeFields],
    ),
    variables: ({ params }) => ({ input: params }),
    success: {
      status: 200,
      body: {
        schema: envelope(node),
        map: ({ redeployVpnNode }) => inEnvelope(toNode(redeployVpnNode.vpnNode)),
      },
    },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'NOT_FOUND', 'NODE_NOT_REDEPLOYABLE'],
  }),
  route({
    ...common,
    method: 'GET',
    path: '/api/v2/nodes/:id/status/',
    summary: 'What a node is now',
    document: graphql(
      `
        query BingoNodeStatus($id: Int!) {
          vpnNode(id: $id) {
            ...BingoNodeStatus
          }
        }
      `,
      [NodeStatusFields],
    ),
    variables: ({ params }) => params,
    success: {
      status: 200,
      body: {
        schema: envelope(nodeStatus),
        map: ({ vpnNode }) => inEnvelope(toNodeStatus(vpnNode)),
      },
    },
    errors: ['NOT_FOUND'],
  }),
  route({
    ...common,
    method: 'PUT',
    path: '/api/v2/nodes/:id/status/',
    summary: 'Disable (4) or enable (9) a node',
    body: z.strictObject({ status: z.literal([off, on], `must be ${off} or ${on}`) }),
    document: graphql(
      `
        mutation BingoSetNodeStatus($input: SetVpnNodeEnabledInput!) {
          setVpnNodeEnabled(input: $input) {
            vpnNode {
              ...BingoNodeStatus
            }
          }
        }
      `,
      [NodeStatusFields],
    ),
    variables: ({ params, body }) => ({ input: { ...params, enabled: body.status === on } }),
    success: {
      status: 200,
      body: {
        schema: envelope(nodeStatus),
        map: ({ setVpnNodeEnabled }) => inEnvelope(toNodeStatus(setVpnNodeEnabled.vpnNode)),
      },
    },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'NOT_FOUND'],
  }),
];
