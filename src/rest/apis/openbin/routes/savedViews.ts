import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, idParam, inList, list, text, time } from '../shapes.ts';

const tag = 'Saved views';
const filters = z.record(z.string(), z.unknown());

const row = z.strictObject({
  id: z.string(),
  name: z.string(),
  search_query: z.string(),
  sort: z.string(),
  filters,
  created_at: time,
});

const ViewFields = graphql(`
  fragment OpenbinSavedView on SavedView @_unmask {
    id
    name
    searchQuery
    sort
    filters
    createdAt
  }
`);

function toView(view: ResultOf<typeof ViewFields>): z.infer<typeof row> {
  return {
    id: view.id,
    name: view.name,
    search_query: view.searchQuery,
    sort: view.sort,
    filters: view.filters as z.infer<typeof filters>,
    created_at: view.createdAt,
  };
}

const words = z.string().max(10_000, 'must have at most 10000 characters').nullish();

export const savedViewRoutes = [
  route({
    method: 'GET',
    path: '/api/saved-views',
    contract: '20',
    summary: 'Your saved views, oldest first',
    tag,
    access: 'required',
    document: graphql(
      `
        query OpenbinSavedViews {
          viewer {
            savedViews {
              ...OpenbinSavedView
            }
          }
        }
      `,
      [ViewFields],
    ),
    variables: () => ({}),
    success: {
      status: 200,
      body: { schema: list(row), map: ({ viewer }) => inList(viewer.savedViews.map(toView)) },
    },
    errors: [],
  }),
  route({
    method: 'POST',
    path: '/api/saved-views',
    contract: '20',
    summary: 'Save a view, at most ten of them',
    tag,
    access: 'required',
    body: body({
      name: text,
      search_query: words,
      searchQuery: words,
      sort: words,
      filters: filters.nullish(),
    }),
    document: graphql(
      `
        mutation OpenbinCreateSavedView($input: CreateSavedViewInput!) {
          createSavedView(input: $input) {
            savedView {
              ...OpenbinSavedView
            }
          }
        }
      `,
      [ViewFields],
    ),
    variables: ({ body: { name, search_query: snake, searchQuery: camel, sort, filters: given } }) => ({
      input: { name, searchQuery: snake ?? camel ?? '', sort: sort ?? 'updated', filters: given ?? {} },
    }),
    success: {
      status: 201,
      body: { schema: row, map: ({ createSavedView }) => toView(createSavedView.savedView) },
    },
    errors: ['INVALID_INPUT', 'SAVED_VIEW_LIMIT_REACHED'],
  }),
  route({
    method: 'PUT',
    path: '/api/saved-views/:id',
    contract: '20',
    summary: 'Rename a saved view',
    tag,
    access: 'required',
    params: idParam,
    body: body({ name: text }),
    document: graphql(
      `
        mutation OpenbinRenameSavedView($input: RenameSavedViewInput!) {
          renameSavedView(input: $input) {
            savedView {
              ...OpenbinSavedView
            }
          }
        }
      `,
      [ViewFields],
    ),
    variables: ({ params, body: input }) => ({ input: { ...params, ...input } }),
    success: {
      status: 200,
      body: { schema: row, map: ({ renameSavedView }) => toView(renameSavedView.savedView) },
    },
    errors: ['INVALID_INPUT', 'NOT_FOUND'],
  }),
  route({
    method: 'DELETE',
    path: '/api/saved-views/:id',
    contract: '20',
    summary: 'Delete a saved view',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      mutation OpenbinDeleteSavedView($id: ID!) {
        deleteSavedView(input: { id: $id }) {
          deletedSavedViewId
        }
      }
    `),
    variables: ({ params }) => params,
    success: { status: 204 },
    errors: ['NOT_FOUND'],
  }),
];
