import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { maxBandwidth } from '../../../../graph/vpn/heartbeat/rules.ts';
import { maxPasswordsPerNode } from '../../../../graph/vpn/password/rules.ts';
import { route } from '../../../engine/route.ts';
import { envelope, inEnvelope } from '../envelope.ts';
import { bodyId, id } from '../inputs.ts';
import { listOf } from '../pages.ts';
import { time, toTime, toTimeOrNull } from '../times.ts';

const common = {
  contract: 'Nodes',
  tag: 'Heartbeats',
  access: 'required',
  params: z.object({ id }),
} as const;

const amount = z
  .number('must be a number')
  .min(0, 'must be 0 or more')
  .max(maxBandwidth, `must be at most ${maxBandwidth}`);
const bytes = z.int('must be a whole number of bytes').min(0, 'must be 0 or more');

/** Unknown fields are passed over: an agent may be newer than the server. */
const report = z.object({
  bandwidth: amount.optional(),
  bandwidth_used_m: amount.optional(),
  instance_status: z
    .int('must be a whole number')
    .min(-1, 'must be -1 or more')
    .max(2 ** 31 - 1, 'must be below 2147483648')
    .optional(),
  passwords: z
    .array(
      z.object({ id: bodyId, upload_transfer: bytes, download_transfer: bytes }, 'must be an object'),
      'must be a list',
    )
    .max(maxPasswordsPerNode, `must have at most ${maxPasswordsPerNode} entries`)
    .optional(),
});

const accepted = z.strictObject({
  id: z.int(),
  name: z.string(),
  password: z.string(),
  bandwidth_limit: z.int(),
  expire_time: time.nullable(),
});

export const heartbeatRoutes = [
  route({
    ...common,
    method: 'POST',
    path: '/api/v2/nodes/:id/heartbeat/',
    summary: 'The report of a node’s agent; answers the passwords to accept now, all of them and no others',
    body: report,
    document: graphql(`
      mutation BingoHeartbeat($input: RecordVpnHeartbeatInput!) {
        recordVpnHeartbeat(input: $input) {
          accepted {
            id
            name
            password
            bandwidthLimit
            expiresAt
          }
        }
      }
    `),
    variables: ({ params, body: { bandwidth, bandwidth_used_m, instance_status, passwords } }) => ({
      input: {
        nodeId: params.id,
        bandwidth,
        bandwidthUsedM: bandwidth_used_m,
        instanceStatus: instance_status,
        transfers: passwords?.map(({ id, upload_transfer, download_transfer }) => ({
          passwordId: id,
          upload: upload_transfer,
          download: download_transfer,
        })),
      },
    }),
    success: {
      status: 200,
      body: {
        schema: envelope(listOf(accepted)),
        map: ({ recordVpnHeartbeat: { accepted } }) =>
          inEnvelope({
            count: accepted.length,
            results: accepted.map(({ bandwidthLimit, expiresAt, ...same }) => ({
              ...same,
              bandwidth_limit: bandwidthLimit,
              expire_time: toTimeOrNull(expiresAt),
            })),
          }),
      },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT', 'OVERLOADED'],
  }),
  route({
    ...common,
    method: 'GET',
    path: '/api/v2/nodes/:id/heartbeats/',
    summary: 'The last 24 hours in buckets of five minutes, oldest first; empty ones are left out',
    document: graphql(`
      query BingoHeartbeats($id: Int!) {
        vpnNode(id: $id) {
          heartbeats {
            startsAt
            count
            bandwidth
          }
        }
      }
    `),
    variables: ({ params }) => params,
    success: {
      status: 200,
      body: {
        schema: envelope(listOf(z.strictObject({ time, count: z.int(), bandwidth: z.number() }))),
        map: ({ vpnNode }) => {
          const { heartbeats } = vpnNode;
          return inEnvelope({
            count: heartbeats.length,
            results: heartbeats.map(({ startsAt, ...same }) => ({ time: toTime(startsAt), ...same })),
          });
        },
      },
    },
    errors: ['NOT_FOUND'],
  }),
];
