import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { itemRow } from '../item.ts';
import { countOf, offset, pageSize } from '../paging.ts';
import { list, text } from '../shapes.ts';

const located = itemRow.extend({
  bin_id: z.string(),
  bin_name: z.string(),
  bin_icon: z.string(),
  bin_color: z.string(),
});
const sorts = { alpha: 'NAME', bin: 'BIN', qty: 'QUANTITY' } as const;

export const itemListRoutes = [
  route({
    method: 'GET',
    path: '/api/items',
    contract: '25.1',
    summary: 'The items in all bins of a location',
    tag: 'Items',
    access: 'required',
    query: z.object({
      location_id: text,
      q: z.string().optional(),
      sort: z.enum(['alpha', 'bin', 'qty']).catch('alpha'),
      sort_dir: z.string().optional(),
      limit: pageSize(40, 100),
      offset,
    }),
    document: graphql(`
      query OpenbinItems(
        $locationId: ID!
        $query: String
        $sort: ItemSort!
        $direction: SortDirection!
        $limit: Int!
        $offset: Int!
      ) {
        items(
          locationId: $locationId
          query: $query
          sort: $sort
          direction: $direction
          first: $limit
          offset: $offset
        ) {
          totalCount
          nodes {
            id
            name
            quantity
            binId
            binName
            binIcon
            binColor
          }
        }
      }
    `),
    variables: ({ query: { location_id: locationId, q, sort, sort_dir, limit, offset: skip } }) => ({
      locationId,
      query: q,
      sort: sorts[sort],
      direction: sort_dir === 'desc' ? ('DESC' as const) : ('ASC' as const),
      limit,
      offset: skip,
    }),
    success: {
      status: 200,
      body: {
        schema: list(located),
        map: ({ items: { nodes, totalCount } }, { query }) => ({
          results: nodes.map(({ binId, binName, binIcon, binColor, ...rest }) => ({
            ...rest,
            bin_id: binId,
            bin_name: binName,
            bin_icon: binIcon,
            bin_color: binColor,
          })),
          count: countOf(query, nodes, totalCount),
        }),
      },
    },
    externalNames: { locationId: 'location_id', query: 'q' },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'OVERLOADED'],
  }),
];
