import { DomainError, notFound } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import { administrator, everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import type { Payload } from '../../core/mutation.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { assertNotReserved } from '../account/reservedAddress.ts';
import { consumeLongSecret } from '../secret/oneTimeSecrets.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { reclaimReleased } from './releaseAccount.ts';

/** Takes a deletion back, under the account's lock. Throws EMAIL_TAKEN or ACCOUNT_DELETION_DUE. */
async function takeBack(tx: Prisma.TransactionClient, account: Account): Promise<void> {
  const { id, deletionScheduledAt, releasedEmail } = account;
  if (!deletionScheduledAt || deletionScheduledAt.getTime() <= Date.now())
    throw new DomainError('ACCOUNT_DELETION_DUE');
  if (releasedEmail !== null && (await tx.account.count({ where: { email: releasedEmail } })) > 0)
    throw new DomainError('EMAIL_TAKEN');
  await reclaimReleased(tx, account);
  if (releasedEmail !== null) await assertNotReserved(tx, { id, email: releasedEmail });
  await tx.account.update({
    where: { id },
    data: { deletionRequestedAt: null, deletionScheduledAt: null },
    select: { id: true },
  });
}

/** Restores the account that `lock` finds. */
async function restore(
  context: GraphContext,
  lock: (tx: Prisma.TransactionClient) => Promise<Account>,
): Promise<{ restoredAccountId: string; email: string }> {
  const { db, services } = context;
  const security = securityLog(context);
  try {
    const { id, email } = await db.$transaction(async (tx) => {
      const account = await lock(tx);
      await takeBack(tx, account);
      // The link has done its work, and one that was mailed for an earlier request must not wait for a later one.
      await tx.oneTimeSecret.deleteMany({ where: { accountId: account.id, purpose: 'RESTORE_ACCOUNT' } });
      await services.lifecycle.suspended(tx, { accountId: account.id, suspended: false });
      const restored = { id: account.id, email: account.releasedEmail ?? account.email };
      await security.record(tx, { name: 'deletion_recovered', account: restored });
      return restored;
    });
    await services.credentials.forget(id);
    security.committed();
    return { restoredAccountId: id, email };
  } catch (error) {
    // Registered between the look and the write.
    throw isUniqueViolation(error) ? new DomainError('EMAIL_TAKEN', { cause: error }) : error;
  }
}

const restoredPayload: Payload<{ readonly restoredAccountId: string; readonly email: string }> = {
  description: 'The account that stays. This signs no one in.',
  outputFields: (t) => ({
    restoredAccountId: t.exposeID('restoredAccountId', { description: 'UUID of the account.' }),
    email: t.exposeString('email', { description: 'Its address.' }),
  }),
};

builder.relayMutationField(
  'restoreAccount',
  {
    description: 'Whose deletion is taken back.',
    inputFields: (t) => ({
      token: t.string({ required: true, description: 'From the link in the mail about the deletion.' }),
    }),
  },
  {
    // The token is proof enough.
    access: everyone,
    description:
      'Restores an account within the grace period of its deletion. Sessions that ended stay ended, and so do API keys where the deletion released the address. Throws EMAIL_TAKEN when another account has the address by now, SECRET_INVALID, SECRET_EXPIRED or ACCOUNT_DELETION_DUE.',
    resolve: async (_root, { input }, context) => {
      const token = input.token.trim();
      if (token === '') throw invalid('token', 'required', 'is required');
      await identityServices(context).countAnonymousWork(context.request.address);
      return restore(context, async (tx) => (await consumeLongSecret(tx, 'RESTORE_ACCOUNT', token)).owner);
    },
  },
  restoredPayload,
);

builder.relayMutationField(
  'restoreAnyAccount',
  {
    description: 'Whose deletion is taken back.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'UUID of the account.' }) }),
  },
  {
    access: administrator,
    description:
      'Restores any account within the grace period of its deletion. For administrators. Throws NOT_FOUND for an account that does not wait for its deletion, EMAIL_TAKEN when another account has the address by now, or ACCOUNT_DELETION_DUE.',
    resolve: (_root, { input: { id } }, context) =>
      restore(context, async (tx) => {
        const account = await lockAccountIfThere(tx, id);
        if (!account?.deletionRequestedAt) throw notFound('Account that waits for its deletion');
        return account;
      }),
  },
  restoredPayload,
);
