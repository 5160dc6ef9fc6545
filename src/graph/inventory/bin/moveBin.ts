import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { lockLocation, requireRole, roleOf } from '../location/roles.ts';
import { inventoryServices } from '../services.ts';
import { accessBin, type BinAccess, lookAgain, requireAdmin } from './access.ts';
import { carryFieldValues } from './carryFieldValues.ts';
import { type BinRow, readBin } from './rows.ts';
import { assertFreeShortCode } from './shortCode.ts';
import { BinType } from './type.ts';

type Tx = Prisma.TransactionClient;

/** Locks both locations, always the same one first, so that two moves in opposite directions do not wait for each other. */
async function lockBoth(tx: Tx, ids: readonly [string, string]): Promise<void> {
  for (const id of [...ids].sort()) await lockLocation(tx, id);
}

/** What the locations are called, by id. */
async function namesOf(tx: Tx, ids: readonly [string, string]): Promise<Map<string, string>> {
  const rows = await tx.location.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Writes the move. What is in the bin, who has some of it and what is to be bought for it go with it. */
async function writeMove(tx: Tx, binId: string, locationId: string): Promise<void> {
  await tx.bin.update({ where: { id: binId }, data: { locationId, areaId: null }, select: { id: true } });
  await tx.binItem.updateMany({ where: { binId }, data: { locationId } });
  await tx.checkout.updateMany({ where: { originBinId: binId }, data: { locationId } });
  await tx.shoppingEntry.updateMany({ where: { originBinId: binId }, data: { locationId } });
}

/**
 * Moves a bin to another location for a caller who may take it away, and notes it in both logs
 * (OpenBin 10.7). It keeps its code, which is printed on its label: where the location has that code
 * already the move is refused with SHORT_CODE_TAKEN. Throws NOT_FOUND; FORBIDDEN for who may not make
 * bins there.
 */
export async function moveBin(context: GraphContext, access: BinAccess, targetId: string): Promise<BinRow> {
  const { caller, bin } = access;
  const { id, locationId: sourceId } = bin;
  const names = await context.db.$transaction(async (tx) => {
    await lockBoth(tx, [sourceId, targetId]);
    const { shortCode } = await lookAgain(tx, access);
    const role = await roleOf(tx, targetId, caller.account.id);
    if (role !== 'ADMIN' && role !== 'MEMBER') throw new DomainError('FORBIDDEN');
    await assertFreeShortCode(tx, targetId, shortCode);
    await carryFieldValues(tx, jsonSql(context.services.database), id, targetId, role === 'ADMIN');
    await writeMove(tx, id, targetId);
    return namesOf(tx, [sourceId, targetId]);
  });
  const moved = {
    entityType: 'bin',
    entityId: id,
    entityName: bin.name,
    isPrivate: bin.visibility === 'PRIVATE',
    changes: { location: { old: names.get(sourceId), new: names.get(targetId) } },
  };
  inventoryServices(context).activity.record(
    caller,
    { locationId: sourceId, action: 'move_out', ...moved },
    { locationId: targetId, action: 'move_in', ...moved },
  );
  return readBin(context, caller.account.id, id);
}

builder.relayMutationField(
  'moveBin',
  {
    description: 'A bin and where it goes.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The bin.' }),
      locationId: t.id({ required: true, description: 'Where to.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Moves a bin to another location, where it has no area. For administrators of its location who are members of the other. Throws NOT_FOUND, FORBIDDEN, INVALID_INPUT or SHORT_CODE_TAKEN.',
    resolve: async (_root, { input: { id, locationId } }, context) => {
      if (locationId === '') throw invalid('locationId', 'required', 'is required');
      const access = requireAdmin(await accessBin(context, id));
      if (access.bin.locationId === locationId)
        throw invalid('locationId', 'taken', 'is where the bin is already');
      await requireRole(context, locationId, 'MEMBER');
      return { bin: await moveBin(context, access, locationId) };
    },
  },
  {
    description: 'A bin that was moved.',
    outputFields: (t) => ({ bin: t.expose('bin', { type: BinType, description: 'The bin as it is now.' }) }),
  },
);
