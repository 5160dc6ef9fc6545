import { DomainError } from '../../../errors/domainError.ts';
import type { Account, PrismaClient } from '../../../generated/sqlite/client.ts';
import { lockLocationKeepingVersion } from './roles.ts';

/** Chooses the location unless the account has left it in the meantime. Throws FORBIDDEN when it is gone. */
function choose(db: PrismaClient, account: Account, locationId: string): Promise<Account> {
  return db.$transaction(async (tx) => {
    // Takes turns with the removal of a member, which takes the choice back.
    await lockLocationKeepingVersion(tx, locationId);
    const [chosen] = await tx.account.updateManyAndReturn({
      where: { id: account.id, locationMemberships: { some: { locationId } } },
      data: { activeLocationId: locationId },
    });
    return chosen ?? account;
  });
}

/**
 * Gives an account that has no active location the one of its locations that was changed last (OpenBin 7.4).
 * Returns null where there is nothing to choose.
 */
export async function settleActiveLocation(db: PrismaClient, account: Account): Promise<Account | null> {
  if (account.activeLocationId) return null;
  const newest = await db.membership.findFirst({
    where: { accountId: account.id },
    orderBy: [{ location: { updatedAt: 'desc' } }, { id: 'desc' }],
    select: { locationId: true },
  });
  if (!newest) return null;
  try {
    return await choose(db, account, newest.locationId);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'FORBIDDEN') return null;
    throw error;
  }
}
