import { collisionsIn, type FindCollisions } from '../core/text/collisions.ts';
import { comparedName, tidyInside, tidyKeepingSpace, tidyName } from '../core/text/names.ts';
import { foldCase } from '../core/text/search.ts';
import { eachText, type StoredTexts } from '../core/text/storedTexts.ts';

const named = (table: string, normalise = tidyName): StoredTexts => ({
  table,
  key: ['id'],
  ...eachText(['name'], normalise),
});

/** A name and the key that lists are sorted by and names are looked up with. */
const keyed = (table: string, normalise: (text: string) => string): StoredTexts => ({
  table,
  key: ['id'],
  columns: ['name', 'nameKey'],
  normalise({ name }) {
    const tidy = normalise(String(name));
    return { name: tidy, nameKey: foldCase(tidy).trim() };
  },
});

/** The texts of the inventory that older versions stored as they were typed. */
export const inventoryTexts: StoredTexts[] = [
  named('Location'),
  named('Area'),
  named('CustomField'),
  keyed('Bin', tidyKeepingSpace),
  keyed('BinItem', tidyInside),
  { table: 'BinTag', key: ['binId', 'name'], ...eachText(['name'], tidyInside) },
  { table: 'TagStyle', key: ['id'], ...eachText(['tag', 'parentTag'], tidyKeepingSpace) },
  named('ShoppingEntry', tidyInside),
  named('SavedView'),
];

/** Areas beside one another, and custom fields of a location, whose names are the same. */
export const nameCollisions: FindCollisions = async (db) => {
  const areas = await db.area.findMany({
    select: { id: true, name: true, locationId: true, parentKey: true },
    orderBy: { id: 'asc' },
  });
  const fields = await db.customField.findMany({
    select: { id: true, name: true, locationId: true },
    orderBy: { id: 'asc' },
  });
  const keyOf = (...parts: string[]) => JSON.stringify(parts);
  return [
    ...collisionsIn(
      'areas',
      areas.map(({ id, name, locationId, parentKey }) => ({
        id,
        text: name,
        key: keyOf(locationId, parentKey, comparedName(name)),
      })),
    ),
    ...collisionsIn(
      'custom fields',
      fields.map(({ id, name, locationId }) => ({
        id,
        text: name,
        key: keyOf(locationId, comparedName(name)),
      })),
    ),
  ];
};
