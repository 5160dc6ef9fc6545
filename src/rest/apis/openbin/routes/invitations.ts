import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { LocationFields, located, locationRow, MetaFields, toLocation, toMeta } from '../location.ts';
import { body, idParam, text } from '../shapes.ts';

const tag = 'Locations';

export const invitationRoutes = [
  route({
    method: 'GET',
    path: '/api/auth/invite-preview',
    contract: '7.6',
    summary: 'The location behind an invite code',
    tag: 'Account',
    access: 'required',
    query: z.object({ code: text }),
    document: graphql(`
      query OpenbinInvitePreview($code: String!) {
        invitePreview(code: $code) {
          name
          memberCount
          viewerCount
        }
      }
    `),
    variables: ({ query }) => query,
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ name: z.string(), memberCount: z.int(), viewerCount: z.int() }),
        map: ({ invitePreview }) => invitePreview,
      },
    },
    errors: ['INVALID_INPUT', 'NOT_FOUND'],
  }),
  route({
    method: 'POST',
    path: '/api/locations/join',
    contract: '8',
    summary: 'Join the location whose code you have',
    tag,
    access: 'required',
    body: body({ inviteCode: text }),
    document: graphql(
      `
        mutation OpenbinJoinLocation($input: JoinLocationInput!) {
          joinLocation(input: $input) {
            location {
              ...OpenbinLocation
              ...OpenbinLocationMeta
            }
          }
        }
      `,
      [LocationFields, MetaFields],
    ),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 201,
      body: {
        schema: locationRow
          .omit({ default_join_role: true })
          .extend({ ...located, invite_code: z.literal('') }),
        map: ({ joinLocation: { location: row } }) => {
          const { default_join_role: _role, ...location } = toLocation(row);
          return { ...location, ...toMeta(row), invite_code: '' as const };
        },
      },
    },
    errors: ['INVALID_INPUT', 'NOT_FOUND', 'ALREADY_MEMBER'],
  }),
  route({
    method: 'POST',
    path: '/api/locations/:id/regenerate-invite',
    contract: '8',
    summary: 'Give a location a new invite code',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      mutation OpenbinRegenerateInvite($id: ID!) {
        regenerateInviteCode(input: { locationId: $id }) {
          location {
            inviteCode
          }
        }
      }
    `),
    variables: ({ params }) => params,
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ inviteCode: z.string() }),
        map: ({ regenerateInviteCode }) => ({ inviteCode: regenerateInviteCode.location.inviteCode ?? '' }),
      },
    },
    errors: ['FORBIDDEN'],
  }),
];
