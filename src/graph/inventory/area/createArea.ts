import { DomainError } from '../../../errors/domainError.ts';
import { Issues, invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import { newId } from '../../core/newId.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';
import { nameRule } from '../location/rules.ts';
import { assertNameFree } from '../location/uniqueNames.ts';
import { inventoryServices } from '../services.ts';
import { AreaType } from './areas.ts';
import { depthOf } from './tree.ts';

const maxDepth = 10;
const noBins = { binCount: 0, subtreeBinCount: 0 };

async function checkParent(
  tx: Prisma.TransactionClient,
  locationId: string,
  parentId: string,
): Promise<void> {
  const areas = await tx.area.findMany({ where: { locationId }, select: { id: true, parentId: true } });
  if (!areas.some(({ id }) => id === parentId))
    throw invalid('parentId', 'unknown', 'is not an area of this location');
  if (depthOf(parentId, areas) >= maxDepth)
    throw invalid('parentId', 'range', `is ${maxDepth} levels deep already`);
}

builder.relayMutationField(
  'createArea',
  {
    description: 'A new area.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      name: t.string({
        required: true,
        description: 'Trimmed; at most 255 characters; unlike its siblings.',
      }),
      parentId: t.id({ description: 'The area that holds it; none for one at the top.' }),
    }),
  },
  {
    access: signedIn,
    description: `Creates an area, at most ${maxDepth} levels deep. For administrators of the location. Throws NAME_TAKEN.`,
    resolve: async (_root, { input }, context) => {
      const { locationId } = input;
      const parentId = input.parentId || null;
      const caller = await requireRole(context, locationId, 'ADMIN');
      const issues = new Issues();
      const name = checkText(issues, 'name', input.name, nameRule);
      issues.throwIfAny();
      try {
        const area = await context.db.$transaction(async (tx) => {
          // So that no parent goes, or sinks, between the look at it and the insert.
          await lockLocationAs(tx, caller, locationId, 'ADMIN');
          if (parentId) await checkParent(tx, locationId, parentId);
          const siblings = { locationId, parentKey: parentId ?? '' };
          assertNameFree(await tx.area.findMany({ where: siblings, select: { id: true, name: true } }), name);
          return tx.area.create({
            data: {
              ...siblings,
              id: newId(),
              name,
              parentId,
              createdById: caller.account.id,
            },
          });
        });
        inventoryServices(context).activity.record(caller, {
          locationId,
          action: 'create',
          entityType: 'area',
          entityId: area.id,
          entityName: name,
        });
        return { area: { ...area, viewerId: caller.account.id, counts: noBins } };
      } catch (error) {
        throw isUniqueViolation(error) ? new DomainError('NAME_TAKEN', { cause: error }) : error;
      }
    },
  },
  {
    description: 'What `createArea` returns.',
    outputFields: (t) => ({
      area: t.expose('area', { type: AreaType, description: 'The new area.' }),
    }),
  },
);
