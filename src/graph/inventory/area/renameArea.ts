import { DomainError, notFound } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import type { Area, PrismaClient } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';
import { nameRule } from '../location/rules.ts';
import { assertNameFree } from '../location/uniqueNames.ts';
import { inventoryServices } from '../services.ts';
import { AreaType } from './areas.ts';

/** The area before and after. Throws NOT_FOUND or NAME_TAKEN. */
async function rename(db: PrismaClient, caller: Caller, locationId: string, id: string, name: string) {
  try {
    return await db.$transaction(async (tx) => {
      // Bins are searched by the names of their areas, so this is a change of what is searched.
      await lockLocationAs(tx, caller, locationId, 'ADMIN');
      const before = await tx.area.findFirst({ where: { id, locationId } });
      if (!before) throw notFound('Area');
      if (before.name === name) return { before, area: before };
      const where = { locationId, parentKey: before.parentKey };
      assertNameFree(await tx.area.findMany({ where, select: { id: true, name: true } }), name, id);
      return { before, area: await tx.area.update({ where: { id }, data: { name } }) };
    });
  } catch (error) {
    throw isUniqueViolation(error) ? new DomainError('NAME_TAKEN', { cause: error }) : error;
  }
}

/** Renames an area for a caller who may, and notes it in the log. Throws NOT_FOUND, NAME_TAKEN or INVALID_INPUT. */
export async function renameArea(
  { db, services }: GraphContext,
  caller: Caller,
  {
    locationId,
    id,
    name: given,
  }: { readonly locationId: string; readonly id: string; readonly name: string },
): Promise<Area> {
  const issues = new Issues();
  const name = checkText(issues, 'name', given, nameRule);
  issues.throwIfAny();
  const { before, area } = await rename(db, caller, locationId, id, name);
  if (before.name === name) return area;
  inventoryServices({ services }).activity.record(caller, {
    locationId,
    action: 'update',
    entityType: 'area',
    entityId: id,
    entityName: name,
    changes: { name: { old: before.name, new: name } },
  });
  return area;
}

builder.relayMutationField(
  'renameArea',
  {
    description: 'Another name for an area.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      id: t.id({ required: true, description: 'The area.' }),
      name: t.string({ required: true, description: 'As in `createArea`.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Renames an area. For administrators of the location. Throws NOT_FOUND or NAME_TAKEN.',
    resolve: async (_root, { input }, context) => {
      const caller = await requireRole(context, input.locationId, 'ADMIN');
      const area = await renameArea(context, caller, input);
      return { area: { ...area, viewerId: caller.account.id } };
    },
  },
  {
    description: 'What `renameArea` returns.',
    outputFields: (t) => ({
      area: t.expose('area', { type: AreaType, description: 'The renamed area.' }),
    }),
  },
);
