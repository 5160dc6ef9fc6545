import type { Membership, Prisma } from '../../../generated/sqlite/client.ts';
import { isUsable } from '../../inventory/membership/usable.ts';
import { boundKeyHolders } from '../../vpn/organization/boundKeyHolders.ts';

type Other = Membership & { readonly account: Parameters<typeof isUsable>[0] };

/**
 * Who takes a location over: members before viewers, and of those the one who has been there longest.
 * Undefined where somebody administers it. While anybody can act, those who cannot do not count.
 */
function heirOf(others: readonly Other[]): Other | undefined {
  const usable = others.filter(({ account }) => isUsable(account));
  const present = usable.length > 0 ? usable : others;
  if (present.some(({ role }) => role === 'ADMIN')) return undefined;
  return present.find(({ role }) => role === 'MEMBER') ?? present[0];
}

/**
 * Deletes an account for good. Locations that nobody else belongs to go with it; one that would be
 * left without an administrator who can act gets a new one; what it made in shared ones stays, by nobody.
 * Call it in `withDeletionLocks`: nobody may join or leave between the look and the deed. Answers the accounts
 * whose credentials are to be forgotten after the commit.
 */
export async function eraseAccount(tx: Prisma.TransactionClient, accountId: string): Promise<string[]> {
  const own = await tx.membership.findMany({ where: { accountId } });
  for (const { locationId, role } of own) {
    const others = await tx.membership.findMany({
      where: { locationId, accountId: { not: accountId } },
      include: { account: { select: { active: true, deletionRequestedAt: true } } },
      orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
    });
    const heir = role === 'ADMIN' ? heirOf(others) : undefined;
    if (others.length === 0) await tx.location.delete({ where: { id: locationId }, select: { id: true } });
    else if (heir) {
      await tx.membership.update({ where: { id: heir.id }, data: { role: 'ADMIN' }, select: { id: true } });
    }
  }
  const others = await boundKeyHolders(tx, accountId);
  await tx.account.deleteMany({ where: { id: accountId } });
  return [accountId, ...others];
}
