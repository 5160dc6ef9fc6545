import type { Prisma } from '../../../generated/sqlite/client.ts';
import { usableAccount } from './usable.ts';

/**
 * Whether somebody may hold a way to set an account's password: they administer every location that
 * it belongs to, at least one, and it is of no use outside of them. A password opens all that an account
 * has, so whoever runs one household must not hold that of somebody who belongs to another, or who has
 * tunnels, devices, keys for other APIs or another way to sign in; nor, without administering the server
 * themselves, that of somebody who does.
 */
export async function isHoldersAlone(
  db: Prisma.TransactionClient,
  holderId: string,
  accountId: string,
): Promise<boolean> {
  const administeredBy = (account: Prisma.AccountWhereInput) => ({
    location: { memberships: { some: { accountId: holderId, role: 'ADMIN' as const, account } } },
  });
  const theirs = administeredBy(usableAccount);
  const found = await db.account.count({
    where: {
      id: accountId,
      locationMemberships: { some: theirs, every: theirs },
      OR: [
        { administrator: false },
        { locationMemberships: { some: administeredBy({ administrator: true }) } },
      ],
      apiKeys: { every: { format: 'OPENBIN' } },
      tunnels: { none: {} },
      memberships: { none: {} },
      identities: { none: {} },
    },
  });
  return found === 1;
}
