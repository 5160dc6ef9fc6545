import { z } from 'zod';
import { graphql, type ResultOf } from '../../../graph/core/documents.ts';
import { itemRow } from './item.ts';
import { time } from './shapes.ts';

const visibility = z.enum(['location', 'private']);

/** Contract 10.1; creating, duplicating, deleting, restoring and moving answer just this. */
export const binRow = z.strictObject({
  id: z.string(),
  short_code: z.string(),
  location_id: z.string(),
  name: z.string(),
  area_id: z.string().nullable(),
  area_name: z.string(),
  items: z.array(itemRow),
  notes: z.string(),
  tags: z.array(z.string()),
  icon: z.string(),
  color: z.string(),
  card_style: z.string(),
  created_by: z.string().nullable(),
  created_by_name: z.string(),
  visibility,
  created_at: time,
  updated_at: time,
  custom_fields: z.record(z.string(), z.string()),
});

/** What reading and changing a bin add: whether the caller has pinned it, as 0 or 1. */
export const pinnableBinRow = binRow.extend({ is_pinned: z.union([z.literal(0), z.literal(1)]) });

export const BinFields = graphql(`
  fragment OpenbinBin on Bin @_unmask {
    id
    shortCode
    locationId
    name
    areaId
    areaName
    items {
      id
      name
      quantity
    }
    notes
    tags
    icon
    color
    cardStyle
    createdById
    createdByName
    visibility
    createdAt
    updatedAt
    customFields
  }
`);

export const PinnableBinFields = graphql(
  `
    fragment OpenbinPinnableBin on Bin @_unmask {
      ...OpenbinBin
      isPinned
    }
  `,
  [BinFields],
);

/** A bin as the contract shows it. */
export function toBin(bin: ResultOf<typeof BinFields>): z.infer<typeof binRow> {
  return {
    id: bin.id,
    short_code: bin.shortCode,
    location_id: bin.locationId,
    name: bin.name,
    area_id: bin.areaId,
    area_name: bin.areaName ?? '',
    items: bin.items,
    notes: bin.notes,
    tags: bin.tags,
    icon: bin.icon,
    color: bin.color,
    card_style: bin.cardStyle,
    created_by: bin.createdById,
    created_by_name: bin.createdByName ?? '',
    visibility: bin.visibility === 'PRIVATE' ? 'private' : 'location',
    created_at: bin.createdAt,
    updated_at: bin.updatedAt,
    custom_fields: bin.customFields as Record<string, string>,
  };
}

/** The same with the caller's pin. */
export function toPinnableBin(bin: ResultOf<typeof PinnableBinFields>): z.infer<typeof pinnableBinRow> {
  return { ...toBin(bin), is_pinned: bin.isPinned ? 1 : 0 };
}

const item = z.union(
  [
    z.string().transform((name) => ({ name, quantity: null })),
    z.object({ name: z.string(), quantity: z.number().nullable().catch(null).optional() }),
  ],
  'must be a text or an object with a name',
);

/** Items as texts or objects (10.2); a slip in one of them must not read as a bin with less in it. */
export const items = z.array(item);

/** The fields of a bin that creating and changing one share (10.2). */
export const binFields = {
  areaId: z.string().nullish(),
  // A value that is no list is ignored.
  items: z.preprocess((value) => (Array.isArray(value) ? value : undefined), items.optional()),
  notes: z.string().optional(),
  tags: z.array(z.string()).optional(),
  icon: z.string().optional(),
  color: z.string().optional(),
  cardStyle: z.string().optional(),
  visibility: visibility
    .transform((value) => (value === 'private' ? ('PRIVATE' as const) : ('LOCATION' as const)))
    .optional(),
  customFields: z
    .record(z.string(), z.string())
    .transform((values) => Object.entries(values).map(([fieldId, value]) => ({ fieldId, value })))
    .optional(),
};
