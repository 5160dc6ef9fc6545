import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, idParam, inList, list, params, text, time } from '../shapes.ts';

const tag = 'Shopping list';

/** Contract 23. */
const row = z.strictObject({
  id: z.string(),
  location_id: z.string(),
  name: z.string(),
  origin_bin_id: z.string().nullable(),
  origin_bin_name: z.string().nullable(),
  origin_bin_icon: z.string().nullable(),
  origin_bin_color: z.string().nullable(),
  origin_bin_trashed: z.boolean(),
  created_by: z.string().nullable(),
  created_by_name: z.string(),
  created_at: time,
});

const EntryFields = graphql(`
  fragment OpenbinShoppingEntry on ShoppingEntry @_unmask {
    id
    locationId
    name
    originBinId
    originBinName
    originBinIcon
    originBinColor
    originBinTrashed
    createdById
    createdByName
    createdAt
  }
`);

function toEntry(entry: ResultOf<typeof EntryFields>): z.infer<typeof row> {
  return {
    id: entry.id,
    location_id: entry.locationId,
    name: entry.name,
    origin_bin_id: entry.originBinId,
    origin_bin_name: entry.originBinName,
    origin_bin_icon: entry.originBinIcon,
    origin_bin_color: entry.originBinColor,
    origin_bin_trashed: entry.originBinTrashed,
    created_by: entry.createdById,
    created_by_name: entry.createdByName ?? '',
    created_at: entry.createdAt,
  };
}

export const shoppingRoutes = [
  route({
    method: 'GET',
    path: '/api/locations/:locationId/shopping-list',
    contract: '23',
    summary: 'What to buy for a location, newest first',
    tag,
    access: 'required',
    params: params('locationId'),
    document: graphql(
      `
        query OpenbinShoppingList($locationId: ID!) {
          location(id: $locationId) {
            shoppingList(first: 10000) {
              nodes {
                ...OpenbinShoppingEntry
              }
            }
          }
        }
      `,
      [EntryFields],
    ),
    variables: ({ params: path }) => path,
    success: {
      status: 200,
      body: {
        schema: list(row),
        map: ({ location }) => inList(location.shoppingList.nodes.map(toEntry)),
      },
    },
    errors: ['FORBIDDEN'],
  }),
  route({
    method: 'POST',
    path: '/api/locations/:locationId/shopping-list',
    contract: '23',
    summary: 'Put something on the list of a location',
    tag,
    access: 'required',
    params: params('locationId'),
    body: body({ name: text, originBinId: z.string().nullish() }),
    document: graphql(
      `
        mutation OpenbinAddShoppingEntry($input: AddShoppingEntryInput!) {
          addShoppingEntry(input: $input) {
            shoppingEntry {
              ...OpenbinShoppingEntry
            }
          }
        }
      `,
      [EntryFields],
    ),
    variables: ({ params: path, body: input }) => ({ input: { ...path, ...input } }),
    success: {
      status: 201,
      body: {
        schema: z.strictObject({ entry: row }),
        map: ({ addShoppingEntry }) => ({ entry: toEntry(addShoppingEntry.shoppingEntry) }),
      },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'NOT_FOUND'],
  }),
  route({
    method: 'POST',
    path: '/api/bins/:id/shopping-list',
    contract: '23',
    summary: 'Put things that belong in a bin on the list',
    tag,
    access: 'required',
    params: idParam,
    body: body({ names: z.array(z.string()) }),
    document: graphql(
      `
        mutation OpenbinAddShoppingEntries($input: AddShoppingEntriesInput!) {
          addShoppingEntries(input: $input) {
            shoppingEntries {
              ...OpenbinShoppingEntry
            }
          }
        }
      `,
      [EntryFields],
    ),
    variables: ({ params: { id: binId }, body: input }) => ({ input: { binId, ...input } }),
    success: {
      status: 201,
      body: {
        schema: z.strictObject({ entries: z.array(row), count: z.int() }),
        map: ({ addShoppingEntries: { shoppingEntries } }) => ({
          entries: shoppingEntries.map(toEntry),
          count: shoppingEntries.length,
        }),
      },
    },
    errors: ['FORBIDDEN', 'INVALID_INPUT', 'NOT_FOUND'],
  }),
  route({
    method: 'POST',
    path: '/api/shopping-list/:id/purchase',
    contract: '23',
    summary: 'Cross something out as bought; it goes to its bin',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      mutation OpenbinPurchase($input: PurchaseShoppingEntryInput!) {
        purchaseShoppingEntry(input: $input) {
          restored {
            binId
            itemId
            name
          }
        }
      }
    `),
    variables: ({ params: input }) => ({ input }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({
          deleted: z.literal(true),
          restored: z.strictObject({ binId: z.string(), itemId: z.string(), name: z.string() }).nullable(),
        }),
        map: ({ purchaseShoppingEntry: { restored } }) => ({ deleted: true as const, restored }),
      },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  }),
  route({
    method: 'DELETE',
    path: '/api/shopping-list/:id',
    contract: '23',
    summary: 'Take something off the list',
    tag,
    access: 'required',
    params: idParam,
    document: graphql(`
      mutation OpenbinRemoveShoppingEntry($input: RemoveShoppingEntryInput!) {
        removeShoppingEntry(input: $input) {
          deletedShoppingEntryId
        }
      }
    `),
    variables: ({ params: input }) => ({ input }),
    success: {
      status: 200,
      body: { schema: z.strictObject({ ok: z.literal(true) }), map: () => ({ ok: true as const }) },
    },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  }),
];
