import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { bySession } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { AccountSnapshot } from '../../core/caller.ts';
import type { GraphContext } from '../../core/context.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { sendAccountDeleted } from '../account/mails.ts';
import { provePassword } from '../account/provePassword.ts';
import { assertNotLastAdministrator } from '../administration/administrators.ts';
import { assertStillIn } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { eraseAccount, withDeletionLocks } from './eraseAccount.ts';
import { deletionDate, markForDeletion } from './markForDeletion.ts';

const refundPolicies = new Set(['none', 'prorated']);

/** Throws INVALID_INPUT without a password where there is one, and as {@link provePassword} does. */
async function demandPassword(context: GraphContext, { id, hasPassword }: AccountSnapshot, password: string) {
  if (!hasPassword) return;
  if (password === '') throw invalid('password', 'required', 'is required');
  await provePassword(context, id, password);
}

builder.relayMutationField(
  'requestDeletion',
  {
    description: 'The proof that it is you who asks.',
    inputFields: (t) => ({
      password: t.string({ description: 'Needed where the account has one.' }),
      refundPolicy: t.string({
        description: '`none` or `prorated`. Nothing is sold here, so nothing depends on it.',
      }),
    }),
  },
  {
    // Who has asked for the deletion cannot sign in any more; the password is proof enough.
    access: bySession,
    description:
      'Has your account deleted once the grace period is over, or at once where there is none. Until then nobody gets in, and `recoverAccount` or `restoreAccount` takes it back. Needs a session, not an API key. Throws LAST_ADMINISTRATOR or SOLE_ADMIN_OF_SHARED_LOCATIONS.',
    resolve: async (_root, { input: { password, refundPolicy } }, context) => {
      const caller = requireCaller(context);
      const { id, administrator } = caller.account;
      await demandPassword(context, caller.account, password ?? '');
      // A text and not an enum, because the contract wants the password to be looked at first.
      if (refundPolicy != null && !refundPolicies.has(refundPolicy)) {
        throw invalid('refundPolicy', 'range', 'must be none or prorated');
      }
      const scheduledAt = deletionDate(context.services);
      const going = {
        accountId: id,
        administers: administrator,
        lock: (tx: Prisma.TransactionClient) => lockAccountIfThere(tx, id),
      };
      await withDeletionLocks(context, going, async (tx, locked, security) => {
        if (locked?.deletionRequestedAt) throw new DomainError('ACCOUNT_DELETION_PENDING');
        const account = await assertStillIn(tx, caller, locked);
        await assertNotLastAdministrator(tx, account);
        await context.services.lifecycle.mayErase(tx, id);
        if (!scheduledAt) return eraseAccount(context, tx, account, security);
        await markForDeletion(context, tx, account, scheduledAt, security);
        return [id];
      });
      if (!scheduledAt) sendAccountDeleted(context, caller.account.email);
      return { scheduledAt };
    },
  },
  {
    description: 'What becomes of an account that is to go.',
    outputFields: (t) => ({
      scheduledAt: t.expose('scheduledAt', {
        type: 'DateTime',
        nullable: true,
        description: 'Until when it can be recovered; null when it is deleted already.',
      }),
    }),
  },
);
