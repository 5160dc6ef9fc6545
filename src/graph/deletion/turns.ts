import { DomainError } from '../../errors/domainError.ts';
import type { Prisma } from '../../generated/sqlite/client.ts';
import { lockLocation } from '../location/roles.ts';

async function lockUnlessGone(tx: Prisma.TransactionClient, locationId: string): Promise<void> {
  try {
    await lockLocation(tx, locationId);
  } catch (error) {
    // Deleted since it was read.
    if (!(error instanceof DomainError && error.code === 'FORBIDDEN')) throw error;
  }
}

/**
 * Takes the turns of all locations of an account: nobody joins or leaves them, or is given another role
 * there, until the end of the transaction. In the order of ids, and before any account is locked, as
 * those do who change members: so nobody waits in a circle.
 */
export async function lockLocationsOf(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  const held = new Set<string>();
  for (;;) {
    const all = await tx.membership.findMany({
      where: { accountId },
      select: { locationId: true },
      orderBy: { locationId: 'asc' },
    });
    // None unless the account joined one while this waited for the others.
    const missing = all.filter(({ locationId }) => !held.has(locationId));
    if (missing.length === 0) return;
    for (const { locationId } of missing) {
      await lockUnlessGone(tx, locationId);
      held.add(locationId);
    }
  }
}

/**
 * Takes the turns of all who administer the server, in the order of ids: two of them who lock
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
