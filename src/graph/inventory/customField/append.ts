import type { Prisma } from '../../../generated/sqlite/client.ts';
import { newId } from '../../core/newId.ts';

/** Adds custom fields at the end of a location's; call it under the location's lock. */
export async function appendFields(
  tx: Prisma.TransactionClient,
  locationId: string,
  names: readonly string[],
) {
  if (names.length === 0) return [];
  const { _max } = await tx.customField.aggregate({ where: { locationId }, _max: { position: true } });
  const first = (_max.position ?? -1) + 1;
  return tx.customField.createManyAndReturn({
    data: names.map((name, index) => ({ id: newId(), locationId, name, position: first + index })),
  });
}
