import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';

/** Takes the caller's pin off a bin, if there is one; nothing else matters (OpenBin 10.7). */
export async function unpinBin({ db }: GraphContext, { account }: Caller, binId: string): Promise<void> {
  await db.binPin.deleteMany({ where: { accountId: account.id, binId } });
}

builder.mutationField('unpinBin', (t) =>
  t.boolean({
    access: signedIn,
    description: 'Takes your pin off a bin; true also when there was none, or no such bin.',
    args: { id: t.arg.id({ required: true, description: 'The bin.' }) },
    resolve: async (_root, { id }, context) => {
      await unpinBin(context, requireCaller(context), id);
      return true;
    },
  }),
);
