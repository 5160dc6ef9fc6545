import { invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { newId } from '../../core/newId.ts';
import { foldCase } from '../../core/text/search.ts';
import type { NewItem } from './fields.ts';

type Tx = Prisma.TransactionClient;

interface Where {
  readonly binId: string;
  readonly locationId: string;
}

/** Items as rows, in their order, the first at `position`. */
export function itemRows(
  { binId, locationId }: Where,
  items: readonly NewItem[],
  position = 0,
): Prisma.BinItemCreateManyInput[] {
  return items.map(({ name, quantity }, index) => ({
    id: newId(),
    binId,
    locationId,
    name,
    nameKey: foldCase(name),
    quantity,
    position: position + index,
  }));
}

/** Puts items at the end of a bin, and answers them as made; call it under the location's lock. */
export async function appendItems(tx: Tx, where: Where, items: readonly NewItem[]) {
  if (items.length === 0) return [];
  const { _max } = await tx.binItem.aggregate({ where: { binId: where.binId }, _max: { position: true } });
  const rows = await tx.binItem.createManyAndReturn({
    data: itemRows(where, items, (_max.position ?? -1) + 1),
  });
  return rows.sort((a, b) => a.position - b.position);
}

/** Gives a bin these tags in the place of those that it has. */
export async function replaceTags(tx: Tx, binId: string, tags: readonly string[]): Promise<void> {
  await tx.binTag.deleteMany({ where: { binId } });
  await addTags(tx, binId, tags);
}

/** Gives a bin tags that it does not have, from `position` on. */
export async function addTags(tx: Tx, binId: string, tags: readonly string[], position = 0): Promise<void> {
  if (tags.length === 0) return;
  await tx.binTag.createMany({
    data: tags.map((name, index) => ({ binId, name, position: position + index })),
  });
}

/** The refusal of an area that is not the location's. */
export const unknownArea = () => invalid('areaId', 'unknown', 'must be an area of this location');

/** The refusal of custom fields that are not the location's. */
export const unknownFields = () =>
  invalid('customFields', 'unknown', 'must name custom fields of this location');

/** Throws INVALID_INPUT unless the fields are all among the location's. */
export async function assertFields(tx: Tx, locationId: string, fieldIds: Iterable<string>): Promise<void> {
  const ids = [...fieldIds];
  if (ids.length === 0) return;
  const known = await tx.customField.count({ where: { locationId, id: { in: ids } } });
  if (known !== ids.length) throw unknownFields();
}

/** Gives a bin values of custom fields that it has none of. */
export async function addFieldValues(
  tx: Tx,
  binId: string,
  values: ReadonlyMap<string, string>,
): Promise<void> {
  if (values.size === 0) return;
  await tx.customFieldValue.createMany({
    data: [...values].map(([fieldId, value]) => ({ binId, fieldId, value })),
  });
}

/** The area's name. Throws INVALID_INPUT unless the area is in the location. */
export async function areaNameIn(tx: Tx, locationId: string, areaId: string): Promise<string> {
  const area = await tx.area.findFirst({ where: { id: areaId, locationId }, select: { name: true } });
  if (!area) throw unknownArea();
  return area.name;
}
