import { DomainError } from '../../errors/domainError.ts';
import type { Account, Prisma } from '../../generated/sqlite/client.ts';

/** Throws LAST_ADMINISTRATOR; all administrators are locked, so that the last two cannot go at once. */
export async function assertNotLastAdministrator(tx: Prisma.TransactionClient, account: Account) {
  if (!account.administrator) return;
  const all = await tx.account.updateManyAndReturn({
    where: { administrator: true },
    data: { lockSequence: { increment: 1 } },
    select: { id: true, active: true, deletionRequestedAt: true },
  });
  const others = all.filter(({ id, active, deletionRequestedAt }) => {
    return id !== account.id && active && !deletionRequestedAt;
  });
  if (others.length === 0) throw new DomainError('LAST_ADMINISTRATOR');
}

/** Throws SOLE_ADMIN_OF_SHARED_LOCATIONS with the locations that somebody else must take over first. */
export async function assertLeavesNoOrphans(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  const notMe = { accountId: { not: accountId } };
  const orphans = await tx.location.findMany({
    where: {
      memberships: { some: { accountId, role: 'ADMIN' } },
      AND: [{ memberships: { some: notMe } }, { memberships: { none: { ...notMe, role: 'ADMIN' } } }],
    },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  });
  if (orphans.length === 0) return;
  throw new DomainError('SOLE_ADMIN_OF_SHARED_LOCATIONS', { data: { locations: orphans } });
}
