import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { LocationFields, located, locationRow, MetaFields, toLocation, toMeta } from '../location.ts';
import { body, graphRoles, idParam, inList, list, said, text } from '../shapes.ts';

const tag = 'Locations';
const days = z.int().nullish();
const words = z.string().nullish();

export const locationRoutes = [
  route({
    method: 'GET',
    path: '/api/locations',
    contract: '8',
    summary: 'Your locations, by name',
    tag,
    access: 'required',
    document: graphql(
      `
        query OpenbinLocations {
          viewer {
            locations(first: 10000) {
              nodes {
                ...OpenbinLocation
                ...OpenbinLocationMeta
                binCount
              }
            }
          }
        }
      `,
      [LocationFields, MetaFields],
    ),
    variables: () => ({}),
    success: {
      status: 200,
      body: {
        schema: list(locationRow.extend({ ...located, bin_count: z.int() })),
        map: ({ viewer: { locations } }) =>
          inList(
            locations.nodes.map((row) => ({ ...toLocation(row), ...toMeta(row), bin_count: row.binCount })),
          ),
      },
    },
    errors: [],
  }),
  route({
    method: 'POST',
    path: '/api/locations',
    contract: '8',
    summary: 'Make a location',
    tag,
    access: 'required',
    body: body({ name: text }),
    document: graphql(
      `
        mutation OpenbinCreateLocation($input: CreateLocationInput!) {
          createLocation(input: $input) {
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
        schema: locationRow.extend(located),
        map: ({ createLocation: { location: row } }) => ({ ...toLocation(row), ...toMeta(row) }),
      },
    },
    errors: ['INVALID_INPUT'],
  }),
  route({
    method: 'PUT',
    path: '/api/locations/:id',
    contract: '8',
    summary: 'Change a location',
    tag,
    access: 'required',
    params: idParam,
    body: body({
      name: words,
      activity_retention_days: days,
      trash_retention_days: days,
      app_name: words,
      term_bin: words,
      term_location: words,
      term_area: words,
      default_join_role: z.enum(['member', 'viewer']).nullish(),
    }),
    document: graphql(
      `
        mutation OpenbinUpdateLocation($input: UpdateLocationInput!) {
          updateLocation(input: $input) {
            location {
              ...OpenbinLocation
            }
          }
        }
      `,
      [LocationFields],
    ),
    variables: ({ params: { id }, body: input }) => ({
      input: {
        id,
        name: input.name,
        activityRetentionDays: input.activity_retention_days,
        trashRetentionDays: input.trash_retention_days,
        appName: input.app_name,
        termBin: input.term_bin,
        termLocation: input.term_location,
        termArea: input.term_area,
        defaultJoinRole: input.default_join_role && graphRoles[input.default_join_role],
      },
    }),
    success: {
      status: 200,
      body: { schema: locationRow, map: ({ updateLocation }) => toLocation(updateLocation.location) },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT'],
  }),
  route({
    method: 'DELETE',
    path: '/api/locations/:id',
    contract: '8',
    summary: 'Delete a location with everything in it',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      mutation OpenbinDeleteLocation($id: ID!) {
        deleteLocation(input: { id: $id }) {
          deletedLocationId
        }
      }
    `),
    variables: ({ params }) => params,
    success: { status: 200, body: { schema: said, map: () => ({ message: 'Location deleted' }) } },
    errors: ['FORBIDDEN'],
  }),
  route({
    method: 'GET',
    path: '/api/locations/:id/stats',
    contract: '8',
    summary: 'How much there is in a location',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      query OpenbinLocationStats($id: ID!) {
        location(id: $id) {
          stats {
            totalBins
            totalItems
            totalAreas
            needsOrganizing
          }
        }
      }
    `),
    variables: ({ params }) => params,
    success: {
      status: 200,
      body: {
        schema: z.strictObject({
          total_bins: z.int(),
          total_items: z.int(),
          total_areas: z.int(),
          needs_organizing: z.int(),
        }),
        map: ({ location: { stats } }) => ({
          total_bins: stats.totalBins,
          total_items: stats.totalItems,
          total_areas: stats.totalAreas,
          needs_organizing: stats.needsOrganizing,
        }),
      },
    },
    errors: ['FORBIDDEN'],
  }),
];
