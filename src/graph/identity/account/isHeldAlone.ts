import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { Services } from '../../core/services.ts';
import { usableAccount } from './usable.ts';

/**
 * Whether a holder may have a way to set an account's password: it was registered as one of a household, its address was
 * never proven, and it is of no use outside of what the holder administers. A password opens all that an account has, so
 * the administrator of one household must not hold that of a person who belongs to another, who keeps private bins, or
 * who has tunnels, devices, keys, a plan or another way to sign in.
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
      origin: 'HOUSEHOLD',
      // Whoever waits for the deletion of their account, or was suspended, must not be let in by someone else.
      ...usableAccount,
      emailVerifiedAt: null,
      firstProvenAt: null,
      userName: null,
      plan: 'FREE',
      apiKeys: { none: {} },
      identities: { none: {} },
    },
  });
  return found === 1;
}
