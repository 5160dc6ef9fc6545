import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { defaultBandwidthLimit, oneEndMessage, passwordRules } from '../../../../graph/vpn/password/rules.ts';
import { route } from '../../../engine/route.ts';
import { envelope, inEnvelope } from '../envelope.ts';
import { exact, flag, id, page, part, queryFlag, someOf, text, whole } from '../inputs.ts';
import { inPages, pagedListOf } from '../pages.ts';
import { PasswordFields, password, toPassword } from '../passwordShape.ts';
import { timeInput } from '../times.ts';

const common = { contract: 'Node passwords', tag: 'Passwords', access: 'required' } as const;
const onNode = z.object({ id });
const one = z.object({ id, password_id: id });

const fields = {
  name: text(passwordRules.name),
  bandwidth_limit: whole(passwordRules.bandwidthLimit),
  transfer_limit: whole(passwordRules.transferLimit),
  transfer_is_monthly: flag,
  expire_time: timeInput.nullable(),
  expire_in: whole(passwordRules.expiresInSeconds),
  password: exact(passwordRules.password),
};

interface Ends {
  readonly expire_time?: string | null | undefined;
  readonly expire_in?: number | undefined;
}
const oneEnd = {
  accepts: ({ expire_time, expire_in }: Ends) => expire_time == null || expire_in === undefined,
  rejection: { path: ['expire_in'], error: oneEndMessage },
};

/** The fields whose names differ only in their form; undefined ones stay away from the graph. */
function inGraphNames(body: {
  bandwidth_limit?: number;
  transfer_limit?: number;
  transfer_is_monthly?: boolean;
  expire_time?: string | null;
  expire_in?: number;
}) {
  return {
    bandwidthLimit: body.bandwidth_limit,
    transferLimit: body.transfer_limit,
    transferIsMonthly: body.transfer_is_monthly,
    expiresAt: body.expire_time,
    expiresInSeconds: body.expire_in,
  };
}

export const passwordRoutes = [
  route({
    ...common,
    method: 'GET',
    path: '/api/v2/nodes/:id/passwords/',
    summary: 'The passwords of a node, newest first',
    params: onNode,
    query: z.object({ ...page, is_active: queryFlag.optional(), is_expired: queryFlag.optional() }),
    document: graphql(
      `
        query BingoPasswords($id: Int!, $offset: Int!, $first: Int!, $filter: VpnPasswordFilter!) {
          vpnNode(id: $id) {
            passwords(offset: $offset, first: $first, filter: $filter) {
              totalCount
              nodes {
                ...BingoPassword
              }
            }
          }
        }
      `,
      [PasswordFields],
    ),
    variables: ({ params, query: { is_active, is_expired, ...place } }) => ({
      ...params,
      ...part(place),
      filter: { active: is_active, expired: is_expired },
    }),
    success: {
      status: 200,
      body: {
        schema: envelope(pagedListOf(password)),
        map: ({ vpnNode }, place) => {
          const { totalCount, nodes } = vpnNode.passwords;
          return inEnvelope(inPages(totalCount, nodes.map(toPassword), place));
        },
      },
    },
    errors: ['NOT_FOUND'],
  }),
  route({
    ...common,
    method: 'POST',
    path: '/api/v2/nodes/:id/passwords/',
    summary: 'Make a password for a node',
    params: onNode,
    body: z
      .strictObject({
        ...fields,
        bandwidth_limit: fields.bandwidth_limit.default(defaultBandwidthLimit),
        transfer_limit: fields.transfer_limit.default(0),
        transfer_is_monthly: fields.transfer_is_monthly.default(false),
        expire_time: fields.expire_time.optional(),
        expire_in: fields.expire_in.optional(),
        password: fields.password.optional(),
      })
      .refine(oneEnd.accepts, oneEnd.rejection),
    document: graphql(
      `
        mutation BingoCreatePassword($input: CreateVpnPasswordInput!) {
          createVpnPassword(input: $input) {
            vpnPassword {
              ...BingoPassword
            }
          }
        }
      `,
      [PasswordFields],
    ),
    variables: ({ params, body }) => ({
      input: { nodeId: params.id, name: body.name, password: body.password, ...inGraphNames(body) },
    }),
    success: {
      status: 201,
      body: {
        schema: envelope(password),
        map: ({ createVpnPassword }) => inEnvelope(toPassword(createVpnPassword.vpnPassword)),
      },
    },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'VPN_LIMIT_REACHED', 'NOT_FOUND', 'INVALID_INPUT'],
  }),
  route({
    ...common,
    method: 'GET',
    path: '/api/v2/nodes/:id/passwords/:password_id/',
    summary: 'One password',
    params: one,
    document: graphql(
      `
        query BingoPassword($nodeId: Int!, $id: Int!) {
          vpnPassword(nodeId: $nodeId, id: $id) {
            ...BingoPassword
          }
        }
      `,
      [PasswordFields],
    ),
    variables: ({ params }) => ({ nodeId: params.id, id: params.password_id }),
    success: {
      status: 200,
      body: {
        schema: envelope(password),
        map: ({ vpnPassword }) => inEnvelope(toPassword(vpnPassword)),
      },
    },
    errors: ['NOT_FOUND'],
  }),
  route({
    ...common,
    method: 'PATCH',
    path: '/api/v2/nodes/:id/passwords/:password_id/',
    summary: 'Change a password, or count its transfer from 0 again',
    params: one,
    body: someOf({ ...fields, is_active: flag, reset_transfer: flag }).refine(
      oneEnd.accepts,
      oneEnd.rejection,
    ),
    document: graphql(
      `
        mutation BingoUpdatePassword($input: UpdateVpnPasswordInput!) {
          updateVpnPassword(input: $input) {
            vpnPassword {
              ...BingoPassword
            }
          }
        }
      `,
      [PasswordFields],
    ),
    variables: ({ params, body }) => ({
      input: {
        nodeId: params.id,
        id: params.password_id,
        name: body.name,
        password: body.password,
        active: body.is_active,
        resetTransfer: body.reset_transfer,
        ...inGraphNames(body),
      },
    }),
    success: {
      status: 200,
      body: {
        schema: envelope(password),
        map: ({ updateVpnPassword }) => inEnvelope(toPassword(updateVpnPassword.vpnPassword)),
      },
    },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'NOT_FOUND', 'INVALID_INPUT'],
  }),
  route({
    ...common,
    method: 'DELETE',
    path: '/api/v2/nodes/:id/passwords/:password_id/',
    summary: 'Delete a password',
    params: one,
    document: graphql(`
      mutation BingoDeletePassword($input: DeleteVpnPasswordInput!) {
        deleteVpnPassword(input: $input) {
          deletedVpnPasswordId
        }
      }
    `),
    variables: ({ params }) => ({ input: { nodeId: params.id, id: params.password_id } }),
    success: { status: 204 },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'NOT_FOUND'],
  }),
];
