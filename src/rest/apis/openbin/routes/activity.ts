import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { time as moment } from '../../../engine/parameters.ts';
import { route } from '../../../engine/route.ts';
import { offset, pageSize } from '../paging.ts';
import { list, params, time, unlessEmpty } from '../shapes.ts';

const row = z.strictObject({
  id: z.string(),
  location_id: z.string(),
  user_id: z.string().nullable(),
  user_name: z.string(),
  display_name: z.string(),
  action: z.string(),
  entity_type: z.string(),
  entity_id: z.string().nullable(),
  entity_name: z.string().nullable(),
  changes: z.record(z.string(), z.strictObject({ old: z.unknown(), new: z.unknown() })).nullable(),
  auth_method: z.enum(['jwt', 'api_key']).nullable(),
  api_key_id: z.string().nullable(),
  api_key_name: z.string().nullable(),
  created_at: time,
});

const methods = { SESSION: 'jwt', API_KEY: 'api_key' } as const;

export const activityRoutes = [
  route({
    method: 'GET',
    path: '/api/locations/:locationId/activity',
    contract: '17',
    summary: 'What was done in a location, newest first',
    tag: 'Activity',
    access: 'required',
    params: params('locationId'),
    query: z.object({
      limit: pageSize(50, 100),
      offset,
      entity_type: unlessEmpty(z.string()),
      entity_id: unlessEmpty(z.string()),
      user_id: unlessEmpty(z.string()),
      from: unlessEmpty(moment),
      to: unlessEmpty(moment),
    }),
    document: graphql(`
      query OpenbinActivity($locationId: ID!, $filter: ActivityFilter!, $limit: Int!, $offset: Int!) {
        location(id: $locationId) {
          activities(filter: $filter, first: $limit, offset: $offset) {
            totalCount
            nodes {
              id
              locationId
              accountId
              userName
              displayName
              action
              entityType
              entityId
              entityName
              changes
              authMethod
              apiKeyId
              apiKeyName
              createdAt
            }
          }
        }
      }
    `),
    variables: ({ params: path, query: { limit, offset: skip, ...filter } }) => ({
      ...path,
      limit,
      offset: skip,
      filter: {
        entityType: filter.entity_type,
        entityId: filter.entity_id,
        accountId: filter.user_id,
        from: filter.from,
        to: filter.to,
      },
    }),
    success: {
      status: 200,
      body: {
        schema: list(row),
        map: ({ location: { activities } }) => ({
          results: activities.nodes.map((each) => ({
            id: each.id,
            location_id: each.locationId,
            user_id: each.accountId,
            user_name: each.userName,
            display_name: each.displayName,
            action: each.action,
            entity_type: each.entityType,
            entity_id: each.entityId,
            entity_name: each.entityName,
            changes: each.changes as z.infer<typeof row>['changes'],
            auth_method: each.authMethod && methods[each.authMethod],
            api_key_id: each.apiKeyId,
            api_key_name: each.apiKeyName,
            created_at: each.createdAt,
          })),
          count: activities.totalCount,
        }),
      },
    },
    errors: ['FORBIDDEN'],
  }),
];
