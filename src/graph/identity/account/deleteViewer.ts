import type { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { assertNotLastAdministrator } from '../administration/administrators.ts';
import { eraseAccount, withDeletionLocks } from '../deletion/eraseAccount.ts';
import { assertStillIn } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';

const DeleteViewerPayload = builder
  .objectRef<{ readonly deletedAccountId: string }>('DeleteViewerPayload')
  .implement({
    description: 'The account that is gone.',
    fields: (t) => ({
      deletedAccountId: t.exposeID('deletedAccountId', { description: 'UUID of the account.' }),
    }),
  });

builder.mutationField('deleteViewer', (t) =>
  t.field({
    access: signedIn,
    type: DeleteViewerPayload,
    // `requestDeletion` refuses who is the only administrator of others; this one has a contract (Binboi 5.3)
    // that knows no locations and no refusal, and its clients could not put it right.
    description:
      'Deletes your account with everything in it: sessions, API keys, tunnels, its VPN organization, and the locations that nobody else belongs to. One that others belong to and that you alone administer goes to the member who has been there longest. Cannot be undone; the address may register again. Throws LAST_ADMINISTRATOR.',
    resolve: async (_root, _args, context) => {
      const caller = requireCaller(context);
      const { id, administrator } = caller.account;
      const going = {
        accountId: id,
        administers: administrator,
        lock: (tx: Prisma.TransactionClient) => lockAccountIfThere(tx, id),
      };
      await withDeletionLocks(context.services, going, async (tx, locked) => {
        await assertNotLastAdministrator(tx, await assertStillIn(tx, caller, locked));
        return eraseAccount(context.services, tx, id);
      });
      return { deletedAccountId: id };
    },
  }),
);
