import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { Services } from '../../core/services.ts';

/**
 * Whether a holder may have a way to set an account's password: the account is of no use outside of what the
 * holder administers. A password opens all that an account has, so whoever runs one household must not hold
 * that of a person who belongs to another, or who has tunnels, devices, keys for other APIs or another way to sign in.
 */
export async function isHeldAlone(
  { lifecycle }: Services,
  db: Prisma.TransactionClient,
  holderId: string,
  accountId: string,
): Promise<boolean> {
  const found = await db.account.count({
    where: {
      ...lifecycle.heldBy(holderId),
      id: accountId,
      apiKeys: { every: { format: 'OPENBIN' } },
      identities: { none: {} },
    },
  });
  return found === 1;
}
