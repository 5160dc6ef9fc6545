import type { Prisma } from '../../../generated/sqlite/client.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import type { Services } from '../../core/services.ts';
import { jobSource } from '../security/events.ts';
import { eraseAccount, withDeletionLocks } from './eraseAccount.ts';

const dayMs = 24 * 3600_000;
const perRun = 100;

/** Accounts that were registered long ago, whose address was never proven, that own nothing and are signed in nowhere. */
function unused({ config, lifecycle }: Services): Prisma.AccountWhereInput {
  const now = Date.now();
  return {
    ...lifecycle.withNothing(),
    createdAt: { lt: new Date(now - config.retention.unusedAccountDays * dayMs) },
    emailVerifiedAt: null,
    firstProvenAt: null,
    administrator: false,
    deletionRequestedAt: null,
    plan: 'FREE',
    apiKeys: { none: {} },
    identities: { none: {} },
    sessions: { none: { endedAt: null, expiresAt: { gt: new Date(now) } } },
  };
}

/** Erases accounts that were never used; each is judged again under its lock. */
export async function eraseUnusedAccounts(services: Services): Promise<void> {
  if (services.config.retention.unusedAccountDays === 0) return;
  const { db } = services.database;
  const found = await db.account.findMany({ where: unused(services), select: { id: true }, take: perRun });
  const source = jobSource(services);
  for (const { id } of found) {
    const lock = (tx: Prisma.TransactionClient) => lockAccountIfThere(tx, id);
    await withDeletionLocks(
      source,
      { accountId: id, administers: false, lock },
      async (tx, account, security) => {
        if (!account || (await tx.account.count({ where: { ...unused(services), id } })) === 0) return [];
        return eraseAccount(source, tx, account, security);
      },
    );
  }
}
