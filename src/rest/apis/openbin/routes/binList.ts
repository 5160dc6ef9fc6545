import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { PinnableBinFields, pinnableBinRow, toPinnableBin } from '../bin.ts';
import { countOf, offset, pageSize } from '../paging.ts';
import { list, text } from '../shapes.ts';

/** A comma list; undefined when it holds nothing. */
const commaList = z
  .string()
  .optional()
  .transform((text) => {
    const values = (text ?? '')
      .split(',')
      .map((value) => value.trim())
      .filter(Boolean);
    return values.length > 0 ? values : undefined;
  });
/** Only `true` has an effect (10.5). */
const flag = z
  .unknown()
  .optional()
  .transform((value) => value === 'true');
const sorts = {
  updated_at: 'UPDATED_AT',
  created_at: 'CREATED_AT',
  name: 'NAME',
  area: 'AREA',
  last_used: 'LAST_USED',
} as const;
const noArea = '__unassigned__';

const listQuery = z.object({
  location_id: text,
  q: z.string().optional(),
  tag: z.string().optional(),
  tags: commaList,
  tag_mode: z.string().optional(),
  area_id: z.string().optional(),
  areas: commaList,
  colors: commaList,
  has_items: flag,
  has_notes: flag,
  needs_organizing: flag,
  unused_since: z.string().optional(),
  sort: z.enum(['updated_at', 'created_at', 'name', 'area', 'last_used']).catch('updated_at'),
  sort_dir: z.string().optional(),
  limit: pageSize(200, 200),
  offset,
});

function toFilter(query: z.infer<typeof listQuery>) {
  const areas = query.areas ?? (query.area_id ? [query.area_id] : undefined);
  const areaIds = areas?.filter((id) => id !== noArea);
  return {
    query: query.q,
    tags: query.tags ?? (query.tag ? [query.tag] : undefined),
    tagMode: query.tag_mode === 'all' ? ('ALL' as const) : ('ANY' as const),
    areaIds: areaIds && areaIds.length > 0 ? areaIds : undefined,
    unassigned: areas?.includes(noArea) ?? false,
    colors: query.colors,
    hasItems: query.has_items,
    hasNotes: query.has_notes,
    needsOrganizing: query.needs_organizing,
    unusedSince: query.unused_since || undefined,
  };
}

export const binListRoutes = [
  route({
    method: 'GET',
    path: '/api/bins',
    contract: '10.5',
    summary: 'The bins of a location, filtered, sorted and in pages',
    tag: 'Bins',
    access: 'required',
    query: listQuery,
    document: graphql(
      `
        query OpenbinBins(
          $locationId: ID!
          $filter: BinFilter!
          $sort: BinSort!
          $direction: SortDirection!
          $limit: Int!
          $offset: Int!
        ) {
          bins(
            locationId: $locationId
            filter: $filter
            sort: $sort
            direction: $direction
            first: $limit
            offset: $offset
          ) {
            totalCount
            nodes {
              ...OpenbinPinnableBin
            }
          }
        }
      `,
      [PinnableBinFields],
    ),
    variables: ({ query }) => ({
      locationId: query.location_id,
      filter: toFilter(query),
      sort: sorts[query.sort],
      direction: query.sort_dir === 'asc' ? ('ASC' as const) : ('DESC' as const),
      limit: query.limit,
      offset: query.offset,
    }),
    success: {
      status: 200,
      body: {
        schema: list(pinnableBinRow),
        map: ({ bins: { nodes, totalCount } }, { query }) => ({
          results: nodes.map(toPinnableBin),
          count: countOf(query, nodes, totalCount),
        }),
      },
    },
    externalNames: { locationId: 'location_id', query: 'q', areaIds: 'areas', unusedSince: 'unused_since' },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'OVERLOADED'],
  }),
];
