import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { LocationType } from '../location/type.ts';

/** The longest name of a custom field (OpenBin 11). */
export const fieldNameRule = { required: true, maxLength: 100 } as const;

export const CustomFieldType = builder.prismaObject('CustomField', {
  description: 'A question that every bin of a location may answer.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    name: t.exposeString('name', { description: 'What it is called; unique in its location.' }),
    position: t.exposeInt('position', { description: 'Its place in the list.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

builder.objectField(LocationType, 'customFields', (t) =>
  t.field({
    type: [CustomFieldType],
    description: 'The custom fields, by position.',
    extensions: weigh({ statements: 1 }),
    resolve: ({ id: locationId }, _args, { db }) =>
      db.customField.findMany({
        where: { locationId },
        orderBy: [{ position: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
      }),
  }),
);
