import type { CustomField, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { perParent } from '../../core/loader.ts';
import { newId } from '../../core/newId.ts';
import { fewRows, weigh } from '../../core/weight.ts';
import { wholeList } from '../../core/wholeList.ts';
import { byLocation } from '../location/perLocation.ts';
import { LocationType } from '../location/type.ts';

/** The longest name of a custom field (OpenBin 11). */
export const fieldNameRule = { required: true, maxLength: 100 } as const;

export const CustomFieldType = builder.objectRef<CustomField>('CustomField').implement({
  description: 'A question that every bin of a location may answer.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    name: t.exposeString('name', { description: 'What it is called; unique in its location.' }),
    position: t.exposeInt('position', { description: 'Its place in the list.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

const customFieldsOf = perParent<CustomField[]>(async ({ ids }, { db }) =>
  byLocation(
    await db.customField.findMany({
      where: { locationId: { in: [...ids] } },
      orderBy: [{ position: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
    }),
  ),
);

builder.objectField(LocationType, 'customFields', (t) =>
  t.connection({
    type: CustomFieldType,
    description: 'The custom fields, by position.',
    extensions: weigh({ statements: 1, batched: true, size: fewRows }),
    resolve: async (location, args, context) =>
      wholeList(args, (await customFieldsOf(location, context, undefined)) ?? [], ({ id }) => id),
  }),
);

/** Adds custom fields at the end of a location's; call it under the location's lock. */
export async function appendFields(
  tx: Prisma.TransactionClient,
  locationId: string,
  names: readonly string[],
): Promise<CustomField[]> {
  if (names.length === 0) return [];
  const { _max } = await tx.customField.aggregate({ where: { locationId }, _max: { position: true } });
  const first = (_max.position ?? -1) + 1;
  return tx.customField.createManyAndReturn({
    data: names.map((name, index) => ({ id: newId(), locationId, name, position: first + index })),
  });
}
