import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { accessBin, type BinAccess, requireAdmin } from './access.ts';
import { recordBinAction } from './actions.ts';
import { setInTrash } from './inTrash.ts';
import { type BinRow, readBin } from './rows.ts';
import { BinType } from './type.ts';

/** Takes a bin out of the trash for a caller who may, and notes it in the log (OpenBin 10.7). Throws NOT_FOUND. */
export async function restoreBin(context: GraphContext, access: BinAccess): Promise<BinRow> {
  await setInTrash(context, access, false);
  recordBinAction(context, access, 'restore');
  return readBin(context, access.caller.account.id, access.bin.id);
}

builder.relayMutationField(
  'restoreBin',
  {
    description: 'A bin in the trash.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The bin.' }) }),
  },
  {
    access: signedIn,
    description:
      'Takes a bin out of the trash, with everything in it. For administrators of the location. Throws NOT_FOUND or FORBIDDEN.',
    resolve: async (_root, { input: { id } }, context) => {
      const access = requireAdmin(await accessBin(context, id, { trash: true }));
      return { bin: await restoreBin(context, access) };
    },
  },
  {
    description: 'A bin that is out of the trash.',
    outputFields: (t) => ({ bin: t.expose('bin', { type: BinType, description: 'The bin as it is now.' }) }),
  },
);
