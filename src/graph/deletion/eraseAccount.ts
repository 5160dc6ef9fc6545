import type { Membership, Prisma } from '../../generated/sqlite/client.ts';
import { lockLocation } from '../location/roles.ts';
import { boundKeyHolders } from '../vpn/organization/boundKeyHolders.ts';

/** Who takes a location over: members before viewers, and of those the one who has been there longest. */
function heirOf(others: readonly Membership[]): Membership | undefined {
  return others.find(({ role }) => role === 'MEMBER') ?? others[0];
}

/**
 * Deletes an account for good. Locations that nobody else belongs to go with it; one that would be
 * left without an administrator gets a new one; what it made in shared ones stays, by nobody.
 * Answers the accounts whose credentials are to be forgotten after the commit.
 */
export async function eraseAccount(tx: Prisma.TransactionClient, accountId: string): Promise<string[]> {
  const own = await tx.membership.findMany({ where: { accountId }, orderBy: { locationId: 'asc' } });
  for (const { locationId, role } of own) {
    // Nobody may join or leave between the look and the deed. Always in the same order: no deadlock.
    await lockLocation(tx, locationId);
    const others = await tx.membership.findMany({
      where: { locationId, accountId: { not: accountId } },
      orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
    });
    const heir = heirOf(others);
    if (!heir) await tx.location.delete({ where: { id: locationId }, select: { id: true } });
    else if (role === 'ADMIN' && !others.some((other) => other.role === 'ADMIN')) {
      await tx.membership.update({ where: { id: heir.id }, data: { role: 'ADMIN' }, select: { id: true } });
    }
  }
  const others = await boundKeyHolders(tx, accountId);
  await tx.account.deleteMany({ where: { id: accountId } });
  return [accountId, ...others];
}
