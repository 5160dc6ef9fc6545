import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { accessBin, type BinAccess, requireEditor } from './access.ts';
import { recordBinAction } from './actions.ts';
import { setInTrash } from './inTrash.ts';
import { type BinRow, readBin } from './rows.ts';
import { BinType } from './type.ts';

/** Puts a bin into the trash for a caller who may, and notes it in the log (OpenBin 10.7). Throws NOT_FOUND. */
export async function deleteBin(context: GraphContext, access: BinAccess): Promise<BinRow> {
  await setInTrash(context, access, true);
  recordBinAction(context, access, 'delete');
  return readBin(context, access.caller.account.id, access.bin.id);
}

builder.relayMutationField(
  'deleteBin',
  {
    description: 'A bin for the trash.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The bin.' }) }),
  },
  {
    access: signedIn,
    description:
      'Puts a bin into the trash. For administrators of the location, and for members who made it. Throws NOT_FOUND or FORBIDDEN.',
    resolve: async (_root, { input: { id } }, context) => {
      const access = requireEditor(await accessBin(context, id));
      return { bin: await deleteBin(context, access) };
    },
  },
  {
    description: 'A bin that is in the trash.',
    outputFields: (t) => ({ bin: t.expose('bin', { type: BinType, description: 'The bin as it is now.' }) }),
  },
);
