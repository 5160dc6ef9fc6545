import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import type { EventSource, SecurityLog } from '../security/events.ts';
import { endAllSessions } from '../session/endAllSessions.ts';

const dayMs = 24 * 3600_000;

/** Until when an account whose deletion is requested now can be restored; null where there is no grace period. */
export function deletionDate({ config }: EventSource['services']): Date | null {
  const { deletionGraceDays } = config.openbin;
  return deletionGraceDays === 0 ? null : new Date(Date.now() + deletionGraceDays * dayMs);
}

/**
 * Makes an account wait for its deletion: its sessions end, what goes on in its name ends, and its owner is mailed a
 * link that restores it. Call it in `withDeletionLocks`.
 */
export async function markForDeletion(
  { services: { lifecycle } }: EventSource,
  tx: Prisma.TransactionClient,
  account: Account,
  scheduledAt: Date,
  security: SecurityLog,
): Promise<void> {
  const { id, email } = account;
  await endAllSessions(tx, id);
  await tx.account.update({
    where: { id },
    data: { deletionRequestedAt: new Date(), deletionScheduledAt: scheduledAt },
    select: { id: true },
  });
  await lifecycle.suspended(tx, { accountId: id, suspended: true });
  await security.record(tx, {
    name: 'deletion_requested',
    account,
    details: { scheduledAt: scheduledAt.toISOString() },
  });
  const data = { scheduledAt: scheduledAt.toISOString() };
  await security.notify(tx, { kind: 'deletion_requested', accountId: id, email, data });
}
