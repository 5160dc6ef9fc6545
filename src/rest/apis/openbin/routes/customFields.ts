import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, ids, inList, list, params, refusedAs, text, time } from '../shapes.ts';

const tag = 'Custom fields';

const row = z.strictObject({
  id: z.string(),
  location_id: z.string(),
  name: z.string(),
  position: z.int(),
  created_at: time,
  updated_at: time,
});

const FieldFields = graphql(`
  fragment OpenbinCustomField on CustomField @_unmask {
    id
    locationId
    name
    position
    createdAt
    updatedAt
  }
`);

function toField(field: ResultOf<typeof FieldFields>): z.infer<typeof row> {
  return {
    id: field.id,
    location_id: field.locationId,
    name: field.name,
    position: field.position,
    created_at: field.createdAt,
    updated_at: field.updatedAt,
  };
}

export const customFieldRoutes = [
  route({
    method: 'GET',
    path: '/api/locations/:locationId/custom-fields',
    contract: '11',
    summary: 'The custom fields of a location',
    tag,
    access: 'required',
    params: params('locationId'),
    document: graphql(
      `
        query OpenbinCustomFields($locationId: ID!) {
          location(id: $locationId) {
            customFields(first: 10000) {
              nodes {
                ...OpenbinCustomField
              }
            }
          }
        }
      `,
      [FieldFields],
    ),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: { schema: list(row), map: ({ location }) => inList(location.customFields.nodes.map(toField)) },
    },
    errors: ['FORBIDDEN'],
  }),
  route({
    method: 'POST',
    path: '/api/locations/:locationId/custom-fields',
    contract: '11',
    summary: 'Add a custom field at the end',
    tag,
    access: 'required',
    params: params('locationId'),
    body: body({ name: text }),
    document: graphql(
      `
        mutation OpenbinCreateCustomField($input: CreateCustomFieldInput!) {
          createCustomField(input: $input) {
            customField {
              ...OpenbinCustomField
            }
          }
        }
      `,
      [FieldFields],
    ),
    variables: ({ params: path, body: input }) => ({ input: { ...path, ...input } }),
    success: {
      status: 201,
      body: { schema: row, map: ({ createCustomField }) => toField(createCustomField.customField) },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'NAME_TAKEN'],
  }),
  route({
    method: 'PUT',
    path: '/api/locations/:locationId/custom-fields/reorder',
    contract: '11',
    summary: 'Put the custom fields in an order',
    tag,
    access: 'required',
    params: params('locationId'),
    body: body({ field_ids: ids, fieldIds: ids }),
    document: graphql(`
      mutation OpenbinReorderCustomFields($locationId: ID!, $ids: [ID!]!) {
        reorderCustomFields(input: { locationId: $locationId, ids: $ids }) {
          reorderedCount
        }
      }
    `),
    variables: ({ params: path, body: input }) => ({
      ...path,
      ids: input.field_ids.length > 0 ? input.field_ids : input.fieldIds,
    }),
    success: {
      status: 200,
      body: { schema: z.strictObject({ success: z.literal(true) }), map: () => ({ success: true as const }) },
    },
    externalNames: { ids: 'field_ids' },
    errors: ['FORBIDDEN', 'INVALID_INPUT'],
  }),
  route({
    method: 'PUT',
    path: '/api/locations/:locationId/custom-fields/:fieldId',
    contract: '11',
    summary: 'Change a custom field',
    tag,
    access: 'required',
    params: params('locationId', 'fieldId'),
    body: body({
      name: refusedAs(z.string().optional(), ''),
      position: refusedAs(z.number().optional(), -1),
    }),
    document: graphql(
      `
        mutation OpenbinUpdateCustomField($input: UpdateCustomFieldInput!) {
          updateCustomField(input: $input) {
            customField {
              ...OpenbinCustomField
            }
          }
        }
      `,
      [FieldFields],
    ),
    variables: ({ params: { locationId, fieldId }, body: input }) => ({
      input: { locationId, id: fieldId, ...input },
    }),
    success: {
      status: 200,
      body: { schema: row, map: ({ updateCustomField }) => toField(updateCustomField.customField) },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT', 'NAME_TAKEN'],
  }),
  route({
    method: 'DELETE',
    path: '/api/locations/:locationId/custom-fields/:fieldId',
    contract: '11',
    summary: 'Delete a custom field with all of its values',
    tag,
    access: 'required',
    params: params('locationId', 'fieldId'),
    document: graphql(`
      mutation OpenbinDeleteCustomField($locationId: ID!, $fieldId: ID!) {
        deleteCustomField(input: { locationId: $locationId, id: $fieldId }) {
          deletedCustomFieldId
        }
      }
    `),
    variables: ({ params: path }) => path,
    success: { status: 204 },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  }),
];
