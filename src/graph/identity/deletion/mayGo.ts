import { DomainError } from '../../../errors/domainError.ts';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import { isUsable, usableAccount } from '../../inventory/membership/usable.ts';

/** Throws LAST_ADMINISTRATOR; all administrators are locked, so that the last two cannot go at once. */
export async function assertNotLastAdministrator(tx: Prisma.TransactionClient, account: Account) {
  if (!account.administrator) return;
  const all = await tx.account.updateManyAndReturn({
    where: { administrator: true },
    data: { lockSequence: { increment: 1 } },
    select: { id: true, active: true, deletionRequestedAt: true },
  });
  if (!all.some((other) => other.id !== account.id && isUsable(other)))
    throw new DomainError('LAST_ADMINISTRATOR');
}

/**
 * Throws SOLE_ADMIN_OF_SHARED_LOCATIONS with the locations that somebody else must take over first.
 * Administrators who cannot act, as they are suspended or wait for their own deletion, take over
 * nothing; but they are not left behind either: should they come back, they administer the location.
 * Call it under the locks of the account's locations.
 */
export async function assertLeavesNoOrphans(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  const leftBehind = { accountId: { not: accountId }, role: { not: 'ADMIN' as const } };
  const heir = { accountId: { not: accountId }, role: 'ADMIN' as const, account: usableAccount };
  const orphans = await tx.location.findMany({
    where: {
      memberships: { some: { accountId, role: 'ADMIN' }, none: heir },
      AND: { memberships: { some: leftBehind } },
    },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  });
  if (orphans.length === 0) return;
  throw new DomainError('SOLE_ADMIN_OF_SHARED_LOCATIONS', { data: { locations: orphans } });
}
