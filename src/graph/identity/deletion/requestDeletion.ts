import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { verifyPassword } from '../account/passwords.ts';
import { assertNotLastAdministrator } from '../administration/administrators.ts';
import { identityServices } from '../services.ts';
import { endAllSessions } from '../session/endAllSessions.ts';
import { assertStillIn } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { eraseAccount, withDeletionLocks } from './eraseAccount.ts';

const dayMs = 24 * 3600_000;
const refundPolicies = new Set(['none', 'prorated']);

const RequestDeletionInput = builder.inputType('RequestDeletionInput', {
  description: 'The proof that it is you who asks.',
  fields: (t) => ({
    password: t.string({ description: 'Needed where the account has one.' }),
    refundPolicy: t.string({
      description: '`none` or `prorated`. Nothing is sold here, so nothing depends on it.',
    }),
  }),
});

const RequestDeletionPayload = builder
  .objectRef<{ readonly scheduledAt: Date | null }>('RequestDeletionPayload')
  .implement({
    description: 'What becomes of an account that is to go.',
    fields: (t) => ({
      scheduledAt: t.expose('scheduledAt', {
        type: 'DateTime',
        nullable: true,
        description: 'Until when it can be recovered; null when it is deleted already.',
      }),
    }),
  });

/** Throws INVALID_INPUT without a password where there is one, CURRENT_PASSWORD_WRONG, RATE_LIMITED. */
async function provePassword(context: GraphContext, id: string, password: string): Promise<void> {
  const { db, services, request } = context;
  const row = await db.account.findUnique({ where: { id }, select: { passwordHash: true } });
  if (!row?.passwordHash) return;
  if (password === '') throw invalid('password', 'required', 'is required');
  const giveBack = await identityServices({ services }).signInGuard.begin(id, request.address);
  if (!(await verifyPassword(services, row.passwordHash, password))) {
    throw new DomainError('CURRENT_PASSWORD_WRONG');
  }
  await giveBack();
}

builder.mutationField('requestDeletion', (t) =>
  t.field({
    // Who has asked for the deletion cannot sign in any more; the password is proof enough.
    access: signedIn,
    type: RequestDeletionPayload,
    description:
      'Has your account deleted once the grace period is over, or at once where there is none. Until then nobody gets in, and `recoverAccount` takes it back. Throws LAST_ADMINISTRATOR or SOLE_ADMIN_OF_SHARED_LOCATIONS.',
    args: { input: t.arg({ type: RequestDeletionInput, required: true, description: 'The proof.' }) },
    resolve: async (_root, { input: { password, refundPolicy } }, context) => {
      const caller = requireCaller(context);
      const { id, administrator } = caller.account;
      await provePassword(context, id, password ?? '');
      // A text and not an enum, because the contract wants the password to be looked at first.
      if (refundPolicy != null && !refundPolicies.has(refundPolicy)) {
        throw invalid('refundPolicy', 'range', 'must be none or prorated');
      }
      const { deletionGraceDays } = context.services.config.openbin;
      const now = new Date();
      const scheduledAt =
        deletionGraceDays === 0 ? null : new Date(now.getTime() + deletionGraceDays * dayMs);
      const going = {
        accountId: id,
        administers: administrator,
        lock: (tx: Prisma.TransactionClient) => lockAccountIfThere(tx, id),
      };
      await withDeletionLocks(context.services, going, async (tx, locked) => {
        if (locked?.deletionRequestedAt) throw new DomainError('ACCOUNT_DELETION_PENDING');
        const account = await assertStillIn(tx, caller, locked);
        await assertNotLastAdministrator(tx, account);
        await context.services.lifecycle.mayErase(tx, id);
        if (!scheduledAt) return eraseAccount(context.services, tx, id);
        await endAllSessions(tx, id);
        await tx.account.update({
          where: { id },
          data: { deletionRequestedAt: now, deletionScheduledAt: scheduledAt },
        });
        return [id];
      });
      return { scheduledAt };
    },
  }),
);
