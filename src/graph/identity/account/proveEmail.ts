import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import type { AccountLifecycle } from '../../core/lifecycle.ts';
import { revokeKeys } from '../apiKey/revokeKeys.ts';
import type { SecurityLog } from '../security/events.ts';

/**
 * Marks an address as proven. On the first proof everything that was made before it goes:
 * somebody else may have registered the address and waits with a session or a key for its
 * owner to move in (pre-hijacking). Call it with the account as it is under its lock: whoever makes a
 * key meanwhile has made it before, and it is revoked, or waits and is refused (`lockCaller`).
 * Returns the account as it is then.
 */
export async function proveEmail(
  lifecycle: AccountLifecycle,
  tx: Prisma.TransactionClient,
  account: Account,
  security: SecurityLog,
): Promise<Account> {
  if (account.emailVerifiedAt) return account;
  const now = new Date();
  await revokeKeys(tx, security, account, 'all', 'FIRST_PROOF');
  await tx.session.updateMany({ where: { accountId: account.id, endedAt: null }, data: { endedAt: now } });
  await lifecycle.firstProof(tx, account.id);
  return tx.account.update({
    where: { id: account.id },
    data: { emailVerifiedAt: now, firstProvenAt: now, tokenVersion: { increment: 1 } },
  });
}
