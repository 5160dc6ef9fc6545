import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { keepPrivate } from '../shopping/rows.ts';
import { accessBin, type BinAccess, lockBin, requireAdmin } from './access.ts';
import { recordBinAction } from './actions.ts';

/** Deletes a bin that is in the trash for good, for a caller who may, and notes it in the log (OpenBin 10.7). Throws NOT_FOUND. */
export async function eraseBin(context: GraphContext, access: BinAccess): Promise<void> {
  const { id } = access.bin;
  await context.db.$transaction(async (tx) => {
    await lockBin(tx, access);
    await keepPrivate(tx, Prisma.sql`b."id" = ${id}`);
    await tx.bin.delete({ where: { id }, select: { id: true } });
  });
  recordBinAction(context, access, 'permanent_delete');
}

builder.relayMutationField(
  'eraseBin',
  {
    description: 'A bin in the trash.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The bin.' }) }),
  },
  {
    access: signedIn,
    description:
      'Deletes a bin that is in the trash for good, with everything in it. For administrators of the location. Throws NOT_FOUND or FORBIDDEN.',
    resolve: async (_root, { input: { id } }, context) => {
      const access = requireAdmin(await accessBin(context, id, { trash: true }));
      await eraseBin(context, access);
      return { deletedBinId: id };
    },
  },
  {
    description: 'A bin that is gone.',
    outputFields: (t) => ({
      deletedBinId: t.exposeID('deletedBinId', { description: 'The bin that was deleted.' }),
    }),
  },
);
