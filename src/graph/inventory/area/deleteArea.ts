import { notFound } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { visibleBins } from '../bin/visible.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';
import { inventoryServices } from '../services.ts';
import { childrenOf, subtreeOf } from './tree.ts';

interface Deleted {
  readonly name: string;
  readonly descendantAreaCount: number;
  readonly subtreeBinCount: number;
}

/** Deletes an area and all below it for a caller who may, and notes it in the log (OpenBin 9). Throws NOT_FOUND. */
export async function deleteArea(
  { db, services }: GraphContext,
  caller: Caller,
  locationId: string,
  id: string,
): Promise<Deleted> {
  const deleted = await db.$transaction(async (tx) => {
    await lockLocationAs(tx, caller, locationId, 'ADMIN');
    const areas = await tx.area.findMany({
      where: { locationId },
      select: { id: true, parentId: true, name: true },
    });
    const area = areas.find((each) => each.id === id);
    if (!area) throw notFound('Area');
    const subtree = [...subtreeOf(id, childrenOf(areas))];
    const subtreeBinCount = await tx.bin.count({
      where: { locationId, areaId: { in: subtree }, ...visibleBins(caller.account.id) },
    });
    await tx.area.delete({ where: { id } });
    return { name: area.name, descendantAreaCount: subtree.length - 1, subtreeBinCount };
  });
  inventoryServices({ services }).activity.record(caller, {
    locationId,
    action: 'delete',
    entityType: 'area',
    entityId: id,
    entityName: deleted.name,
  });
  return deleted;
}

builder.relayMutationField(
  'deleteArea',
  {
    description: 'The area to delete.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      id: t.id({ required: true, description: 'The area.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Deletes an area and all areas below it; their bins stay, without an area. For administrators of the location. Throws NOT_FOUND.',
    resolve: async (_root, { input: { locationId, id } }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      return { id, ...(await deleteArea(context, caller, locationId, id)) };
    },
  },
  {
    description: 'What went with an area.',
    outputFields: (t) => ({
      deletedAreaId: t.exposeID('id', { description: 'The area that is gone.' }),
      descendantAreaCount: t.exposeInt('descendantAreaCount', {
        description: 'The areas that were below it.',
      }),
      subtreeBinCount: t.exposeInt('subtreeBinCount', {
        description: 'The bins that you may see and that now have no area.',
      }),
    }),
  },
);
