import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, inList, judgedText, list, params, said, text, time } from '../shapes.ts';

const tag = 'Areas';

const row = z.strictObject({
  id: z.string(),
  location_id: z.string(),
  name: z.string(),
  parent_id: z.string().nullable(),
  created_by: z.string().nullable(),
  created_at: time,
  updated_at: time,
});

const AreaFields = graphql(`
  fragment OpenbinArea on Area @_unmask {
    id
    locationId
    name
    parentId
    createdById
    createdAt
    updatedAt
  }
`);

function toArea(area: ResultOf<typeof AreaFields>): z.infer<typeof row> {
  return {
    id: area.id,
    location_id: area.locationId,
    name: area.name,
    parent_id: area.parentId,
    created_by: area.createdById,
    created_at: area.createdAt,
    updated_at: area.updatedAt,
  };
}

export const areaRoutes = [
  route({
    method: 'GET',
    path: '/api/locations/:locationId/areas',
    contract: '9',
    summary: 'The areas of a location, flat, with their bins counted',
    tag,
    access: 'required',
    params: params('locationId'),
    document: graphql(
      `
        query OpenbinAreas($locationId: ID!) {
          location(id: $locationId) {
            unassignedBinCount
            areas(first: 10000) {
              nodes {
                ...OpenbinArea
                binCount
                subtreeBinCount
              }
            }
          }
        }
      `,
      [AreaFields],
    ),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: {
        schema: list(row.extend({ bin_count: z.int(), descendant_bin_count: z.int() })).extend({
          unassigned_count: z.int(),
        }),
        map: ({ location: { areas, unassignedBinCount } }) => ({
          ...inList(
            areas.nodes.map((area) => ({
              ...toArea(area),
              bin_count: area.binCount,
              descendant_bin_count: area.subtreeBinCount,
            })),
          ),
          unassigned_count: unassignedBinCount,
        }),
      },
    },
    errors: ['FORBIDDEN'],
  }),
  route({
    method: 'POST',
    path: '/api/locations/:locationId/areas',
    contract: '9',
    summary: 'Make an area',
    tag,
    access: 'required',
    params: params('locationId'),
    body: body({ name: text, parent_id: judgedText }),
    document: graphql(
      `
        mutation OpenbinCreateArea($input: CreateAreaInput!) {
          createArea(input: $input) {
            area {
              ...OpenbinArea
            }
          }
        }
      `,
      [AreaFields],
    ),
    variables: ({ params: path, body: { name, parent_id } }) => ({
      input: { ...path, name, parentId: parent_id },
    }),
    success: { status: 201, body: { schema: row, map: ({ createArea }) => toArea(createArea.area) } },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'NAME_TAKEN'],
  }),
  route({
    method: 'PUT',
    path: '/api/locations/:locationId/areas/:areaId',
    contract: '9',
    summary: 'Rename an area',
    tag,
    access: 'required',
    params: params('locationId', 'areaId'),
    body: body({ name: text }),
    document: graphql(
      `
        mutation OpenbinRenameArea($input: RenameAreaInput!) {
          renameArea(input: $input) {
            area {
              ...OpenbinArea
            }
          }
        }
      `,
      [AreaFields],
    ),
    variables: ({ params: { locationId, areaId }, body: { name } }) => ({
      input: { locationId, id: areaId, name },
    }),
    success: { status: 200, body: { schema: row, map: ({ renameArea }) => toArea(renameArea.area) } },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'NOT_FOUND', 'NAME_TAKEN'],
  }),
  route({
    method: 'DELETE',
    path: '/api/locations/:locationId/areas/:areaId',
    contract: '9',
    summary: 'Delete an area and all below it; their bins stay',
    tag,
    access: 'required',
    params: params('locationId', 'areaId'),
    document: graphql(`
      mutation OpenbinDeleteArea($locationId: ID!, $areaId: ID!) {
        deleteArea(input: { locationId: $locationId, id: $areaId }) {
          descendantAreaCount
          subtreeBinCount
        }
      }
    `),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: {
        schema: said.extend({ descendant_area_count: z.int(), descendant_bin_count: z.int() }),
        map: ({ deleteArea }) => ({
          message: 'Area deleted',
          descendant_area_count: deleteArea.descendantAreaCount,
          descendant_bin_count: deleteArea.subtreeBinCount,
        }),
      },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  }),
];
