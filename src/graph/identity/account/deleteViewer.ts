import type { Prisma } from '../../../generated/sqlite/client.ts';
import { bySessionUnless } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { assertNotLastAdministrator } from '../administration/administrators.ts';
import { eraseAccount, withDeletionLocks } from '../deletion/eraseAccount.ts';
import { assertStillIn } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { provePassword } from './provePassword.ts';

builder.relayMutationField(
  'deleteViewer',
  {
    description: 'What the deletion of an account depends on.',
    inputFields: (t) => ({
      password: t.string({
        description:
          'Your password. When it is given and wrong, nothing is deleted; guesses count as failed sign-ins.',
      }),
    }),
  },
  {
    access: bySessionUnless('DELETE_ACCOUNT'),
    // `requestDeletion` refuses who is the only administrator of others; this one has a contract (Binboi 5.3)
    // that knows no locations and no refusal, and its clients could not put it right.
    description:
      'Deletes your account with everything in it: sessions, API keys, tunnels, its VPN organization, and the locations that nobody else belongs to. One that others belong to and that you alone administer goes to the member who has been there longest. Cannot be undone; the address may register again. Needs a session, not an API key. Throws LAST_ADMINISTRATOR.',
    resolve: async (_root, { input: { password } }, context) => {
      const caller = requireCaller(context);
      const { id, administrator } = caller.account;
      if (password != null) await provePassword(context, id, password);
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
  },
  {
    description: 'The account that is gone.',
    outputFields: (t) => ({
      deletedAccountId: t.exposeID('deletedAccountId', { description: 'UUID of the account.' }),
    }),
  },
);
