import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { FirstProof } from '../../core/lifecycle.ts';
import { makeInviteCode } from '../location/inviteCode.ts';

/**
 * Replaces the invite codes of the locations that an account administers, and returns who else belongs to them: an
 * earlier registrant may know the codes and have let people in. Runs under the locks of the locations.
 */
export async function endBeforeProof(tx: Prisma.TransactionClient, accountId: string): Promise<FirstProof> {
  const locations = await tx.location.findMany({
    where: { memberships: { some: { accountId, role: 'ADMIN' } } },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of locations) {
    await tx.location.update({
      where: { id },
      data: { inviteCode: makeInviteCode() },
      select: { id: true },
    });
  }
  const others = await tx.membership.findMany({
    where: { locationId: { in: locations.map(({ id }) => id) }, accountId: { not: accountId } },
    include: { account: { select: { email: true } } },
    orderBy: [{ locationId: 'asc' }, { joinedAt: 'asc' }, { id: 'asc' }],
  });
  const names = new Map(locations.map(({ id, name }) => [id, name]));
  return {
    ended: { locationInviteCodes: locations.length },
    toReview: others.map(({ id, locationId, role, account }) => ({
      id,
      email: account.email,
      place: names.get(locationId) ?? '',
      role,
    })),
  };
}
