import type { Prisma } from '../../../generated/sqlite/client.ts';
import { bySessionUnless } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { assertNotLastAdministrator } from '../administration/administrators.ts';
import { eraseAccount, recordHeirs, withDeletionLocks } from '../deletion/eraseAccount.ts';
import { deletionDate, markForDeletion } from '../deletion/markForDeletion.ts';
import { releaseAccount } from '../deletion/releaseAccount.ts';
import { assertStillIn } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { sendAccountDeleted } from './mails.ts';
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
      'Deletes your account with everything in it: tunnels, its VPN organization unless another owner takes it over, and the locations that nobody else belongs to. One that others belong to and that you alone administer goes to the member who has been there longest. Sessions and API keys end, and the address and the user name may register again, at once. The rest is deleted once the grace period is over, or at once where there is none; until then the mailed link (`restoreAccount`) restores it while the address is free. Needs a session, not an API key. Throws LAST_ADMINISTRATOR.',
    resolve: async (_root, { input: { password } }, context) => {
      const caller = requireCaller(context);
      const { id, administrator } = caller.account;
      if (password != null) await provePassword(context, id, password);
      const going = {
        accountId: id,
        administers: administrator,
        lock: (tx: Prisma.TransactionClient) => lockAccountIfThere(tx, id),
      };
      const scheduledAt = deletionDate(context.services);
      await withDeletionLocks(context, going, async (tx, locked, security) => {
        const account = await assertStillIn(tx, caller, locked);
        await assertNotLastAdministrator(tx, account);
        if (!scheduledAt) return eraseAccount(context, tx, account, security);
        await markForDeletion(context, tx, account, scheduledAt, security);
        await releaseAccount(tx, security, account);
        const heirs = await context.services.lifecycle.handOver(tx, id);
        await recordHeirs(tx, heirs, security);
        return [id];
      });
      if (!scheduledAt) sendAccountDeleted(context, caller.account.email);
      return { deletedAccountId: id, scheduledAt };
    },
  },
  {
    description: 'The account that is gone.',
    outputFields: (t) => ({
      deletedAccountId: t.exposeID('deletedAccountId', { description: 'UUID of the account.' }),
      scheduledAt: t.expose('scheduledAt', {
        type: 'DateTime',
        nullable: true,
        description: 'Until when it can be restored; null when it is deleted already.',
      }),
    }),
  },
);
