import { DomainError } from '../../errors/domainError.ts';
import { visibleBins } from '../bin/visible.ts';
import { builder } from '../builder.ts';
import { lockLocation, requireRole } from '../location/roles.ts';
import { childrenOf, subtreeOf } from './tree.ts';

interface Deleted {
  readonly descendantAreaCount: number;
  readonly subtreeBinCount: number;
}

const DeleteAreaPayload = builder.objectRef<Deleted>('DeleteAreaPayload').implement({
  description: 'What went with an area.',
  fields: (t) => ({
    descendantAreaCount: t.exposeInt('descendantAreaCount', { description: 'The areas that were below it.' }),
    subtreeBinCount: t.exposeInt('subtreeBinCount', {
      description: 'The bins that you may see and that now have no area.',
    }),
  }),
});

builder.mutationField('deleteArea', (t) =>
  t.field({
    type: DeleteAreaPayload,
    description:
      'Deletes an area and all areas below it; their bins stay, without an area. For administrators of the location.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      id: t.arg.id({ required: true, description: 'The area.' }),
    },
    resolve: async (_root, { locationId, id }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      const accountId = caller.account.id;
      const { area, deleted } = await context.db.$transaction(async (tx) => {
        await lockLocation(tx, locationId);
        const areas = await tx.area.findMany({
          where: { locationId },
          select: { id: true, parentId: true, name: true },
        });
        const found = areas.find((each) => each.id === id);
        if (!found) throw new DomainError('NOT_FOUND');
        const subtree = [...subtreeOf(id, childrenOf(areas))];
        const subtreeBinCount = await tx.bin.count({
          where: { locationId, areaId: { in: subtree }, ...visibleBins(accountId) },
        });
        await tx.area.delete({ where: { id } });
        return { area: found, deleted: { descendantAreaCount: subtree.length - 1, subtreeBinCount } };
      });
      context.services.activity.record(caller, {
        locationId,
        action: 'delete',
        entityType: 'area',
        entityId: id,
        entityName: area.name,
      });
      return deleted;
    },
  }),
);
