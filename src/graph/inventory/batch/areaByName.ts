import type { Prisma } from '../../../generated/sqlite/client.ts';
import { newId } from '../../core/newId.ts';
import { tidyName } from '../../core/text/names.ts';
import { foldCase } from '../../core/text/search.ts';
import { depthOf } from '../area/tree.ts';
import { inventoryServices } from '../services.ts';
import type { Batch } from './operation.ts';

/** An area to put a bin into, and its name when it was made for that; null for none. */
export interface Place {
  readonly areaId: string | null;
  readonly madeName?: string;
}

/**
 * The area of the location with this name, without regard to case: the nearest to the top, made there
 * when there is none (OpenBin 22). Call it under the location's lock.
 */
export async function areaByName(
  tx: Prisma.TransactionClient,
  { locationId, caller }: Batch,
  given: string,
): Promise<Place> {
  const name = tidyName(given);
  if (name === '') return { areaId: null };
  const areas = await tx.area.findMany({ where: { locationId } });
  const rank = (area: (typeof areas)[number]) => depthOf(area.id, areas) + (area.name === name ? 0 : 0.5);
  const [found] = areas
    .filter((area) => foldCase(area.name) === foldCase(name))
    .sort((a, b) => rank(a) - rank(b));
  if (found) return { areaId: found.id };
  const made = await tx.area.create({
    data: { id: newId(), locationId, name, createdById: caller.account.id },
    select: { id: true },
  });
  return { areaId: made.id, madeName: name };
}

/** Notes in the log that an area was made. Call it after the commit. */
export function recordPlace({ context, caller, locationId }: Batch, place: Place | undefined): void {
  if (place?.madeName === undefined) return;
  inventoryServices(context).activity.record(caller, {
    locationId,
    action: 'create',
    entityType: 'area',
    entityId: place.areaId,
    entityName: place.madeName,
  });
}
