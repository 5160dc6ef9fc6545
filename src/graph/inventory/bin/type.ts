import type { BinVisibility } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { textDescriptions } from './columns.ts';
import type { BinItemRow, BinRow } from './rows.ts';

export const BinVisibilityEnum = builder.enumType('BinVisibility', {
  description: 'Who may see a bin.',
  values: {
    LOCATION: { description: 'Everybody in the location.' },
    PRIVATE: { description: 'Only who made it, not even administrators.' },
  } satisfies Record<BinVisibility, unknown>,
});

export const BinItemType = builder.objectRef<BinItemRow>('BinItem').implement({
  description: 'A thing in a bin.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    quantity: t.exposeInt('quantity', { nullable: true, description: 'How many; null for uncounted.' }),
  }),
});

/**
 * A bin. Its row holds everything, written by the database in one statement, so that a list of bins
 * costs no resolver for each row and field beyond reading a property.
 */
export const BinType = builder.objectRef<BinRow>('Bin').implement({
  description: 'A box with a label.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    shortCode: t.exposeString('shortCode', {
      description: 'Six characters on the label, unique in the location; stays when the name changes.',
    }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    areaId: t.exposeID('areaId', { nullable: true, description: 'The area it stands in.' }),
    areaName: t.exposeString('areaName', { nullable: true, description: 'What that area is called.' }),
    items: t.expose('items', { type: [BinItemType], description: 'What is in it, in its order.' }),
    tags: t.exposeStringList('tags', { description: 'Words to find it by, as they were typed.' }),
    createdById: t.exposeID('createdById', {
      nullable: true,
      description: 'Who made it; null when the account is gone.',
    }),
    createdByName: t.exposeString('createdByName', {
      nullable: true,
      description: 'What that person is called now.',
    }),
    visibility: t.expose('visibility', { type: BinVisibilityEnum, description: 'Who may see it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When it or what is in it last changed.',
    }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was thrown away; null unless it is in the trash.',
    }),
    customFields: t.expose('customFields', {
      type: 'JSON',
      description: '`{fieldId: value}` for the custom fields that have a value.',
    }),
    isPinned: t.boolean({
      description: 'Whether you have pinned it.',
      resolve: ({ isPinned }) => Boolean(isPinned),
    }),
  }),
});

for (const [name, description] of textDescriptions)
  builder.objectField(BinType, name, (t) => t.exposeString(name, { description }));

export const BinConnection = builder.connectionObject(
  { type: BinType, name: 'BinConnection', description: 'A page of bins.' },
  { name: 'BinEdge' },
);
