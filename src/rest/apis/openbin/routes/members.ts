import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, graphRoles, idParam, inList, list, params, role, said, time, toRole } from '../shapes.ts';

const tag = 'Members';

const row = z.strictObject({
  id: z.string(),
  location_id: z.string(),
  user_id: z.string(),
  role,
  joined_at: time,
  display_name: z.string(),
  email: z.string(),
});

export const memberRoutes = [
  route({
    method: 'GET',
    path: '/api/locations/:id/members',
    contract: '8',
    summary: 'Who belongs to a location, in the order of joining',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      query OpenbinMembers($id: ID!) {
        location(id: $id) {
          members(first: 1000) {
            nodes {
              id
              locationId
              accountId
              role
              joinedAt
              name
              email
            }
          }
        }
      }
    `),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: {
        schema: list(row),
        map: ({ location: { members } }) =>
          inList(
            members.nodes.map((member) => ({
              id: member.id,
              location_id: member.locationId,
              user_id: member.accountId,
              role: toRole(member.role),
              joined_at: member.joinedAt,
              display_name: member.name,
              email: member.email,
            })),
          ),
      },
    },
    errors: ['FORBIDDEN'],
  }),
  route({
    method: 'DELETE',
    path: '/api/locations/:id/members/:userId',
    contract: '8',
    summary: 'Take somebody out of a location, or leave it',
    tag,
    access: 'required',
    params: params('id', 'userId'),
    document: graphql(`
      mutation OpenbinRemoveMember($id: ID!, $userId: ID!) {
        removeMember(input: { locationId: $id, accountId: $userId }) {
          deletedMemberId
        }
      }
    `),
    variables: ({ params: path }) => path,
    success: { status: 200, body: { schema: said, map: () => ({ message: 'Member removed' }) } },
    errors: ['FORBIDDEN', 'LAST_LOCATION_ADMIN', 'NOT_FOUND'],
  }),
  route({
    method: 'PUT',
    path: '/api/locations/:id/members/:userId/role',
    contract: '8',
    summary: 'Give a member another role',
    tag,
    access: 'required',
    params: params('id', 'userId'),
    body: body({ role }),
    document: graphql(`
      mutation OpenbinChangeRole($id: ID!, $userId: ID!, $role: LocationRole!) {
        changeMemberRole(input: { locationId: $id, accountId: $userId, role: $role }) {
          changed
        }
      }
    `),
    variables: ({ params: path, body: input }) => ({ ...path, role: graphRoles[input.role] }),
    success: {
      status: 200,
      body: {
        schema: said,
        map: ({ changeMemberRole: { changed } }) => ({
          message: changed ? 'Member role updated' : 'Member role unchanged',
        }),
      },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'LAST_LOCATION_ADMIN'],
  }),
  route({
    method: 'POST',
    path: '/api/locations/:id/members/:userId/reset-password',
    contract: '8',
    summary: 'Make a token with which a member sets a new password',
    tag,
    access: 'required',
    params: params('id', 'userId'),
    document: graphql(`
      mutation OpenbinResetMemberPassword($id: ID!, $userId: ID!) {
        resetMemberPassword(input: { locationId: $id, accountId: $userId }) {
          token
          expiresAt
        }
      }
    `),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: {
        schema: z.strictObject({
          token: z.string().optional(),
          message: z.string().optional(),
          expiresAt: time,
        }),
        map: ({ resetMemberPassword: { token, expiresAt } }) => ({
          ...(token === null ? { message: 'A reset link was sent to the member' } : { token }),
          expiresAt,
        }),
      },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT'],
  }),
];
