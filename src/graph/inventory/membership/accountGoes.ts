import { DomainError } from '../../../errors/domainError.ts';
import type { Membership, Prisma } from '../../../generated/sqlite/client.ts';
import type { Heir, LocksHold } from '../../core/lifecycle.ts';
import { isUsable, usableAccount } from '../../identity/account/usable.ts';
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
 * Locks all locations of an account: until the end of the transaction no account joins or leaves them, or is given
 * another role there. In the order of ids, and before any account is locked, as those do who change members:
 * so no two transactions wait for each other in a circle. Creating or joining a location locks the account too,
 * so what it belongs to stays as it is once the account is locked.
 */
export async function lockLocationsOf(tx: Prisma.TransactionClient, accountId: string): Promise<LocksHold> {
  const held = new Set<string>();
  for (;;) {
    const all = await tx.membership.findMany({
      where: { accountId },
      select: { locationId: true },
      orderBy: { locationId: 'asc' },
    });
    // None unless the account joined one while this waited for the others.
    const missing = all.filter(({ locationId }) => !held.has(locationId));
    if (missing.length === 0) break;
    for (const { locationId } of missing) {
      await lockUnlessGone(tx, locationId);
      held.add(locationId);
    }
  }
  return async () => {
    const own = await tx.membership.findMany({ where: { accountId }, select: { locationId: true } });
    return own.every(({ locationId }) => held.has(locationId));
  };
}

/**
 * Throws SOLE_ADMIN_OF_SHARED_LOCATIONS with the locations that another member must take over first.
 * Administrators who cannot act, as they are suspended or wait for their own deletion, take over
 * nothing; but they are not left behind either: should they come back, they administer the location.
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

/**
 * Who takes a location over: members before viewers, and of those the one who has been there longest.
 * Undefined where it has another administrator. While anyone can act, those who cannot do not count.
 */
function heirOf<Other extends Membership & { readonly account: Parameters<typeof isUsable>[0] }>(
  others: readonly Other[],
): Other | undefined {
  const usable = others.filter(({ account }) => isUsable(account));
  const present = usable.length > 0 ? usable : others;
  if (present.some(({ role }) => role === 'ADMIN')) return undefined;
  return present.find(({ role }) => role === 'MEMBER') ?? present[0];
}

/** Members of a location beside one account, those who have been there longest first. */
const othersOf = (tx: Prisma.TransactionClient, locationId: string, accountId: string) =>
  tx.membership.findMany({
    where: { locationId, accountId: { not: accountId } },
    include: {
      account: { select: { email: true, active: true, deletionRequestedAt: true } },
      location: { select: { name: true } },
    },
    orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
  });

/** Makes the heir of a location its administrator, if it needs one. */
async function promoteHeir(
  tx: Prisma.TransactionClient,
  others: Awaited<ReturnType<typeof othersOf>>,
): Promise<Heir[]> {
  const heir = heirOf(others);
  if (!heir) return [];
  const { accountId: id, locationId, account, location } = heir;
  await tx.membership.update({ where: { id: heir.id }, data: { role: 'ADMIN' }, select: { id: true } });
  const governs = { type: 'location', id: locationId, name: location.name };
  return [{ id, email: account.email, governs, role: 'ADMIN' }];
}

/**
 * Gives the locations that an account administers, and nobody else who can act, another administrator. The account
 * stays what it is in them.
 */
export async function handOverLocations(tx: Prisma.TransactionClient, accountId: string): Promise<Heir[]> {
  const own = await tx.membership.findMany({ where: { accountId, role: 'ADMIN' } });
  const heirs: Heir[] = [];
  for (const { locationId } of own) {
    heirs.push(...(await promoteHeir(tx, await othersOf(tx, locationId, accountId))));
  }
  return heirs;
}

/**
 * Lets an account leave its locations for good. Those without another member are deleted; one that would be
 * left without an administrator who can act gets a new one; what the account created in shared ones stays.
 */
export async function leaveLocations(tx: Prisma.TransactionClient, accountId: string): Promise<Heir[]> {
  const own = await tx.membership.findMany({ where: { accountId } });
  const heirs: Heir[] = [];
  for (const { locationId, role } of own) {
    const others = await othersOf(tx, locationId, accountId);
    if (others.length === 0) await tx.location.delete({ where: { id: locationId }, select: { id: true } });
    else if (role === 'ADMIN') heirs.push(...(await promoteHeir(tx, others)));
  }
  return heirs;
}
