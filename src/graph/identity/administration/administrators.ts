import { DomainError } from '../../../errors/domainError.ts';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import { isUsable } from '../account/usable.ts';

/**
 * Locks all accounts that administer the server, in the order of ids: two of them who lock
 * themselves first and then the others would wait for each other.
 */
export async function lockAdministrators(tx: Prisma.TransactionClient): Promise<void> {
  const all = await tx.account.findMany({
    where: { administrator: true },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of all) {
    await tx.account.updateMany({ where: { id }, data: { lockSequence: { increment: 1 } } });
  }
}

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
