import { DomainError } from '../../../errors/domainError.ts';
import type { Account, PrismaClient } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
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

/** Gives an account that has no active location the one of its locations that was changed last (OpenBin 7.4). */
export async function settleActiveLocation(
  { db, services }: GraphContext,
  account: Account,
): Promise<Account> {
  if (account.activeLocationId) return account;
  const newest = await db.membership.findFirst({
    where: { accountId: account.id },
    orderBy: [{ location: { updatedAt: 'desc' } }, { id: 'desc' }],
    select: { locationId: true },
  });
  if (!newest) return account;
  try {
    const settled = await choose(db, account, newest.locationId);
    // Their other sessions and keys are to know it at once.
    await services.credentials.forget(account.id);
    return settled;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'FORBIDDEN') return account;
    throw error;
  }
}
