import { DomainError } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { usableAccount } from '../../identity/account/usable.ts';
import { lockLocation } from '../location/roles.ts';
import { type Member, withAccount } from './members.ts';

/**
 * The memberships of the one who acts and of the one it is about, read under the location's lock, so
 * that two administrators cannot take each other's role at the same moment.
 * Throws FORBIDDEN when the first is no member.
 */
export async function readBoth(
  tx: Prisma.TransactionClient,
  locationId: string,
  actorId: string,
  targetId: string,
): Promise<{ actor: Member; target: Member | undefined }> {
  await lockLocation(tx, locationId);
  const rows = await tx.membership.findMany({
    where: { locationId, accountId: { in: [actorId, targetId] } },
    include: withAccount,
  });
  const actor = rows.find(({ accountId }) => accountId === actorId);
  if (!actor) throw new DomainError('FORBIDDEN');
  return { actor, target: rows.find(({ accountId }) => accountId === targetId) };
}

/**
 * Throws LAST_LOCATION_ADMIN when no other account that can act administers the location: those that are
 * suspended or wait for their deletion do not count. Call it under the location's lock.
 */
export async function assertNotLastAdmin(
  tx: Prisma.TransactionClient,
  { locationId, accountId, role }: Member,
) {
  if (role !== 'ADMIN') return;
  const others = await tx.membership.count({
    where: { locationId, role: 'ADMIN', accountId: { not: accountId }, account: usableAccount },
  });
  if (others === 0) throw new DomainError('LAST_LOCATION_ADMIN');
}
