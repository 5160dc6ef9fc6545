import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { envelope, inEnvelope } from '../envelope.ts';
import { time, toTimeOrNull } from '../times.ts';

const shared = z.strictObject({
  name: z.string(),
  host: z.string(),
  port: z.int(),
  password: z.string(),
  country: z.string(),
  is_active: z.boolean(),
  is_expired: z.boolean(),
  expire_time: time.nullable(),
});

export const sharedRoutes = [
  route({
    method: 'GET',
    path: '/api/v2/shared/:share_code/',
    contract: 'Node passwords',
    summary: 'What a person needs to connect; the share code is the permission',
    tag: 'Passwords',
    access: 'public',
    params: z.object({ share_code: z.string() }),
    document: graphql(`
      query BingoShared($shareCode: String!) {
        sharedVpnPassword(shareCode: $shareCode) {
          name
          host
          port
          password
          country
          active
          expired
          expiresAt
        }
      }
    `),
    variables: ({ params }) => ({ shareCode: params.share_code }),
    success: {
      status: 200,
      body: {
        schema: envelope(shared),
        map: ({ sharedVpnPassword }) => {
          const { active, expired, expiresAt, ...same } = sharedVpnPassword;
          return inEnvelope({
            ...same,
            is_active: active,
            is_expired: expired,
            expire_time: toTimeOrNull(expiresAt),
          });
        },
      },
    },
    errors: ['NOT_FOUND'],
  }),
];
