import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { Services } from '../../core/services.ts';
import { jobSource } from '../security/events.ts';
import { eraseAccount, withDeletionLocks } from './eraseAccount.ts';

const perRun = 100;
const keepExpiredMs = 30 * 24 * 3600_000;

/**
 * Deletes the accounts whose grace period is over. Several instances may do so at the same time:
 * each account is looked at again under its row lock, and of two that come to it the second finds nothing.
 */
export async function eraseDueAccounts(services: Services): Promise<void> {
  const { db } = services.database;
  const isDue = () => ({ deletionScheduledAt: { lte: new Date() } });
  const due = await db.account.findMany({ where: isDue(), select: { id: true }, take: perRun });
  for (const { id } of due) {
    const lock = async (tx: Prisma.TransactionClient) => {
      const [account] = await tx.account.updateManyAndReturn({
        where: { id, ...isDue() },
        data: { lockSequence: { increment: 1 } },
      });
      return account ?? null;
    };
    const source = jobSource(services);
    await withDeletionLocks(
      source,
      { accountId: id, administers: false, lock },
      async (tx, account, security) =>
        // Recovered, or deleted by another instance, in the meantime.
        account ? eraseAccount(source, tx, account, security) : [],
    );
  }
}

/** Deletes refresh tokens, and sessions, that ended 30 days ago: until then a replay is still seen as one (OpenBin 4.3). */
export async function purgeOldSessions({ database: { db } }: Services): Promise<void> {
  const expiresAt = { lt: new Date(Date.now() - keepExpiredMs) };
  await db.refreshToken.deleteMany({ where: { expiresAt } });
  await db.session.deleteMany({ where: { expiresAt } });
}
