import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, time } from '../shapes.ts';
import { me, toMe } from '../user.ts';

const tag = 'Account';

/** A field that may be left out, but is a text if it is there. */
const field = z.string().nullish();

export const accountRoutes = [
  route({
    method: 'GET',
    path: '/api/auth/status',
    contract: '7.1',
    summary: 'What a client needs to know before it signs in',
    tag,
    access: 'public',
    document: graphql(`
      query OpenbinStatus {
        service {
          registrationMode
          labelsHoldLinks
          labelLinks
          isSelfHosted
          attachmentsEnabled
        }
      }
    `),
    variables: () => ({}),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({
          registrationEnabled: z.boolean(),
          registrationMode: z.enum(['open', 'invite', 'closed']),
          demoMode: z.literal(false),
          qrPayloadMode: z.enum(['app', 'url']),
          selfHosted: z.boolean(),
          attachmentsEnabled: z.boolean(),
          oauthProviders: z.array(z.string()),
          baseUrl: z.string().optional(),
        }),
        map: ({ service }) => ({
          registrationEnabled: service.registrationMode !== 'CLOSED',
          registrationMode: ({ OPEN: 'open', INVITE: 'invite', CLOSED: 'closed' } as const)[
            service.registrationMode
          ],
          demoMode: false as const,
          qrPayloadMode: service.labelsHoldLinks ? ('url' as const) : ('app' as const),
          selfHosted: service.isSelfHosted,
          attachmentsEnabled: service.attachmentsEnabled,
          oauthProviders: [],
          ...(service.labelLinks !== null && { baseUrl: service.labelLinks }),
        }),
      },
    },
    errors: [],
  }),
  route({
    method: 'GET',
    path: '/api/auth/me',
    contract: '7.5',
    summary: 'The signed-in account',
    tag,
    access: 'required',
    document: graphql(`
      query OpenbinMe {
        viewer {
          id
          name
          email
          activeLocationId
          createdAt
          updatedAt
          plan
          administrator
          hasPassword
          deletionRequestedAt
          deletionScheduledAt
        }
      }
    `),
    variables: () => ({}),
    success: { status: 200, body: { schema: me, map: ({ viewer }) => toMe(viewer) } },
    errors: [],
  }),
  route({
    method: 'PUT',
    path: '/api/auth/profile',
    contract: '7.6',
    summary: 'Change display name or address',
    tag,
    access: 'required',
    body: body({ displayName: field, email: field }),
    document: graphql(`
      mutation OpenbinProfile($input: UpdateProfileInput!) {
        updateProfile(input: $input) {
          account {
            id
            name
            email
            createdAt
            updatedAt
          }
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({
          id: z.string(),
          displayName: z.string(),
          email: z.string(),
          avatarUrl: z.null(),
          createdAt: time,
          updatedAt: time,
        }),
        map: ({
          updateProfile: {
            account: { name, ...rest },
          },
        }) => ({ ...rest, displayName: name, avatarUrl: null }),
      },
    },
    errors: ['INVALID_INPUT', 'CREDENTIAL_KIND_REFUSED', 'EMAIL_TAKEN'],
  }),
  route({
    method: 'PUT',
    path: '/api/auth/active-location',
    contract: '7.6',
    summary: 'Choose the location to work in',
    tag,
    access: 'required',
    body: body({ locationId: z.string().min(1, 'must not be empty').nullish() }),
    document: graphql(`
      mutation OpenbinActiveLocation($input: SetActiveLocationInput!) {
        setActiveLocation(input: $input) {
          account {
            activeLocationId
          }
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ activeLocationId: z.string().nullable() }),
        map: ({ setActiveLocation: { account } }) => account,
      },
    },
    errors: ['FORBIDDEN'],
  }),
];
