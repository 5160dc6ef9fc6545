import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { organizationRules } from '../../../../graph/vpn/organization/rules.ts';
import { route } from '../../../engine/route.ts';
import { envelope, inEnvelope } from '../envelope.ts';
import { someOf, text } from '../inputs.ts';
import { time, toTime } from '../times.ts';

const common = { contract: 'Organization', tag: 'Organization', access: 'required' } as const;

const statuses = {
  ACTIVE: { status: 1, status_display: 'Active' },
  SUSPENDED: { status: 2, status_display: 'Suspended' },
} as const;

const organizationStatus = z.strictObject({ status: z.int(), status_display: z.string() });

const organization = z.strictObject({
  id: z.int(),
  name: z.string(),
  contact_email: z.string(),
  ...organizationStatus.shape,
  node_count: z.int(),
  password_count: z.int(),
  plan: z.string(),
  created_at: time,
  updated_at: time,
});

const OrganizationFields = graphql(`
  fragment BingoOrganization on Organization @_unmask {
    id
    name
    contactEmail
    status
    nodeCount
    passwordCount
    plan
    createdAt
    updatedAt
  }
`);

function toOrganization(row: ResultOf<typeof OrganizationFields>): z.infer<typeof organization> {
  return {
    id: row.id,
    name: row.name,
    contact_email: row.contactEmail,
    ...statuses[row.status],
    node_count: row.nodeCount,
    password_count: row.passwordCount,
    plan: row.plan,
    created_at: toTime(row.createdAt),
    updated_at: toTime(row.updatedAt),
  };
}

export const organizationRoutes = [
  route({
    ...common,
    method: 'GET',
    path: '/api/v2/organization/',
    summary: 'The organization that the token acts for',
    document: graphql(
      `
        query BingoOrganization {
          organization {
            ...BingoOrganization
          }
        }
      `,
      [OrganizationFields],
    ),
    variables: () => ({}),
    success: {
      status: 200,
      body: {
        schema: envelope(organization),
        map: (data) => inEnvelope(toOrganization(data.organization)),
      },
    },
    errors: [],
  }),
  route({
    ...common,
    method: 'PATCH',
    path: '/api/v2/organization/',
    summary: 'Change its name or contact address',
    body: someOf({
      name: text(organizationRules.name),
      contact_email: text(organizationRules.contactEmail),
    }),
    document: graphql(
      `
        mutation BingoUpdateOrganization($input: UpdateOrganizationInput!) {
          updateOrganization(input: $input) {
            organization {
              ...BingoOrganization
            }
          }
        }
      `,
      [OrganizationFields],
    ),
    variables: ({ body: { name, contact_email } }) => ({ input: { name, contactEmail: contact_email } }),
    success: {
      status: 200,
      body: {
        schema: envelope(organization),
        map: ({ updateOrganization }) => inEnvelope(toOrganization(updateOrganization.organization)),
      },
    },
    errors: ['FORBIDDEN', 'ORGANIZATION_SUSPENDED', 'INVALID_INPUT'],
  }),
  route({
    ...common,
    method: 'GET',
    path: '/api/v2/organization/status/',
    summary: 'Whether it is active (1) or suspended (2)',
    document: graphql(`
      query BingoOrganizationStatus {
        organization {
          status
        }
      }
    `),
    variables: () => ({}),
    success: {
      status: 200,
      body: {
        schema: envelope(organizationStatus),
        map: (data) => inEnvelope(statuses[data.organization.status]),
      },
    },
    errors: [],
  }),
  route({
    ...common,
    method: 'PUT',
    path: '/api/v2/organization/status/',
    summary: 'Suspend it, or make it active again',
    body: z.strictObject({
      status: z.literal([statuses.ACTIVE.status, statuses.SUSPENDED.status], 'must be 1 or 2'),
    }),
    document: graphql(`
      mutation BingoSetOrganizationStatus($input: SetOrganizationStatusInput!) {
        setOrganizationStatus(input: $input) {
          organization {
            status
          }
        }
      }
    `),
    variables: ({ body }) => ({
      input: {
        status: body.status === statuses.ACTIVE.status ? ('ACTIVE' as const) : ('SUSPENDED' as const),
      },
    }),
    success: {
      status: 200,
      body: {
        schema: envelope(organizationStatus),
        map: (data) => inEnvelope(statuses[data.setOrganizationStatus.organization.status]),
      },
    },
    errors: ['FORBIDDEN'],
  }),
];
