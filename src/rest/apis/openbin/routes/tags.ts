import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { countOf, offset, pageSize } from '../paging.ts';
import { body, list, optionalText, params, required, text } from '../shapes.ts';

const tag = 'Tags';

/** One word of a query; what is not one of them stands for the first. */
function word<Name extends string>(usual: Name, ...others: Name[]) {
  return z.enum([usual, ...others]).catch(usual);
}

const row = z.strictObject({ tag: z.string(), count: z.int(), parent_tag: z.string().nullable() });

export const tagRoutes = [
  route({
    method: 'GET',
    path: '/api/tags',
    contract: '25.2',
    summary: 'The tags of a location with the bins counted that have them',
    tag,
    access: 'required',
    query: z.object({
      location_id: required,
      q: optionalText,
      sort: word('alpha', 'count'),
      sort_dir: word('asc', 'desc'),
      limit: pageSize(40, 100),
      offset,
    }),
    document: graphql(`
      query OpenbinTags(
        $locationId: ID!
        $search: String
        $orderBy: TagOrder!
        $descending: Boolean!
        $limit: Int!
        $offset: Int!
      ) {
        location(id: $locationId) {
          tags(search: $search, orderBy: $orderBy, descending: $descending, first: $limit, offset: $offset) {
            nodes {
              name
              binCount
              parentTag
            }
            totalCount
          }
        }
      }
    `),
    variables: ({ query: { location_id: locationId, q, sort, sort_dir: direction, ...page } }) => ({
      locationId,
      search: q,
      orderBy: sort === 'count' ? ('BIN_COUNT' as const) : ('NAME' as const),
      descending: direction === 'desc',
      ...page,
    }),
    success: {
      status: 200,
      body: {
        schema: list(row),
        map: ({ location }, { query }) => {
          const { nodes, totalCount } = location.tags;
          return {
            results: nodes.map(({ name, binCount, parentTag }) => ({
              tag: name,
              count: binCount,
              parent_tag: parentTag,
            })),
            count: countOf(query, nodes, totalCount),
          };
        },
      },
    },
    errors: ['FORBIDDEN'],
  }),
  route({
    method: 'PUT',
    path: '/api/tags/rename',
    contract: '25.2',
    summary: 'Rename a tag on all bins; one that there is already takes it in',
    tag,
    access: 'required',
    body: body({ locationId: text, oldTag: text, newTag: text }),
    document: graphql(`
      mutation OpenbinRenameTag($input: RenameTagInput!) {
        renameTag(input: $input) {
          binsUpdated
        }
      }
    `),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ renamed: z.literal(true), binsUpdated: z.int() }),
        map: ({ renameTag }) => ({ renamed: true as const, binsUpdated: renameTag.binsUpdated }),
      },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT'],
  }),
  route({
    method: 'DELETE',
    path: '/api/tags/:tag',
    contract: '25.2',
    summary: 'Take a tag off all bins, and away with its color',
    tag,
    access: 'required',
    params: params('tag'),
    query: z.object({ location_id: required }),
    document: graphql(`
      mutation OpenbinDeleteTag($input: DeleteTagInput!) {
        deleteTag(input: $input) {
          binsUpdated
          orphanedChildren
        }
      }
    `),
    variables: ({ params: path, query }) => ({ input: { ...path, locationId: query.location_id } }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({
          deleted: z.literal(true),
          binsUpdated: z.int(),
          orphanedChildren: z.int(),
        }),
        map: ({ deleteTag: { binsUpdated, orphanedChildren } }) => ({
          deleted: true as const,
          binsUpdated,
          orphanedChildren,
        }),
      },
    },
    errors: ['FORBIDDEN'],
  }),
];
