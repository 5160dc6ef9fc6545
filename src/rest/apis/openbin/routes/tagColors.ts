import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, inList, list, optionalText, params, required, text, time } from '../shapes.ts';

const tag = 'Tag colors';
const deleted = z.strictObject({ deleted: z.literal(true) });
const shown = { tag: z.string(), color: z.string(), parent_tag: z.string().nullable() };

const row = z.strictObject({
  id: z.string(),
  location_id: z.string(),
  ...shown,
  created_at: time,
  updated_at: time,
});

const StyleFields = graphql(`
  fragment OpenbinTagStyle on TagStyle @_unmask {
    id
    locationId
    tag
    color
    parentTag
    createdAt
    updatedAt
  }
`);

function toStyle(style: ResultOf<typeof StyleFields>): z.infer<typeof row> {
  return {
    id: style.id,
    location_id: style.locationId,
    tag: style.tag,
    color: style.color,
    parent_tag: style.parentTag,
    created_at: style.createdAt,
    updated_at: style.updatedAt,
  };
}

const location = z
  .object({ locationId: z.string().optional(), location_id: z.string().optional() })
  .transform(({ locationId, location_id: snake }) => ({ locationId: locationId || snake || '' }))
  .refine(({ locationId }) => locationId !== '', { path: ['locationId'], message: 'is required' });

export const tagColorRoutes = [
  route({
    method: 'GET',
    path: '/api/tag-colors',
    contract: '13',
    summary: 'The colors of the tags of a location, and how tags stand under one another',
    tag,
    access: 'required',
    query: location,
    document: graphql(`
      query OpenbinTagColors($locationId: ID!) {
        location(id: $locationId) {
          tagStyles(first: 10000) {
            nodes {
              tag
              color
              parentTag
            }
          }
        }
      }
    `),
    variables: ({ query }) => query,
    success: {
      status: 200,
      body: {
        schema: list(z.strictObject(shown)),
        map: ({ location: found }) =>
          inList(
            found.tagStyles.nodes.map((style) => ({
              tag: style.tag,
              color: style.color,
              parent_tag: style.parentTag,
            })),
          ),
      },
    },
    errors: ['FORBIDDEN'],
  }),
  route({
    method: 'PUT',
    path: '/api/tag-colors',
    contract: '13',
    summary: 'Give a tag a color and a tag above it, or take both away',
    tag,
    access: 'required',
    body: body({ locationId: text, tag: text, color: optionalText, parentTag: z.string().nullish() }),
    document: graphql(
      `
        mutation OpenbinSetTagStyle($input: SetTagStyleInput!) {
          setTagStyle(input: $input) {
            tagStyle {
              ...OpenbinTagStyle
            }
          }
        }
      `,
      [StyleFields],
    ),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.union([row, deleted]),
        map: ({ setTagStyle: { tagStyle } }) => (tagStyle ? toStyle(tagStyle) : { deleted: true as const }),
      },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT'],
  }),
  route({
    method: 'DELETE',
    path: '/api/tag-colors/:tag',
    contract: '13',
    summary: 'Take the color of a tag away',
    tag,
    access: 'required',
    params: params('tag'),
    query: z.object({ location_id: required }),
    document: graphql(`
      mutation OpenbinClearTagStyle($input: ClearTagStyleInput!) {
        clearTagStyle(input: $input) {
          tag
        }
      }
    `),
    variables: ({ params: path, query }) => ({ input: { ...path, locationId: query.location_id } }),
    success: { status: 200, body: { schema: deleted, map: () => ({ deleted: true as const }) } },
    errors: ['FORBIDDEN'],
  }),
];
