import type { PrismaClient } from '../../generated/sqlite/client.ts';

/**
 * Whether an account is of no use outside of households that the caller administers. A password
 * opens all that an account has, so whoever runs one household must not hold a way to set the
 * password of somebody who belongs to another, or who has tunnels, devices, keys for other APIs
 * or another way to sign in.
 */
export async function isOursAlone(db: PrismaClient, callerId: string, accountId: string): Promise<boolean> {
  const ours = { location: { memberships: { some: { accountId: callerId, role: 'ADMIN' as const } } } };
  const found = await db.account.count({
    where: {
      id: accountId,
      locationMemberships: { every: ours },
      apiKeys: { every: { format: 'OPENBIN' } },
      tunnels: { none: {} },
      memberships: { none: {} },
      identities: { none: {} },
    },
  });
  return found === 1;
}
