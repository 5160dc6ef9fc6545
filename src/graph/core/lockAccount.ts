import { DomainError } from '../../errors/domainError.ts';
import type { Account, Prisma } from '../../generated/sqlite/client.ts';

/** What {@link lockAccount} does; null when the account is gone. */
export async function lockAccountIfThere(tx: Prisma.TransactionClient, id: string): Promise<Account | null> {
  const [account] = await tx.account.updateManyAndReturn({
    where: { id },
    data: { lockSequence: { increment: 1 } },
  });
  return account ?? null;
}

/**
 * Makes transactions that count and then write for one account take turns, on either engine:
 * the update takes the row lock (PostgreSQL) or the write lock (SQLite) before anything is read.
 * Throws CREDENTIAL_INVALID when the account is gone.
 */
export async function lockAccount(tx: Prisma.TransactionClient, id: string): Promise<Account> {
  const account = await lockAccountIfThere(tx, id);
  if (!account) throw new DomainError('CREDENTIAL_INVALID');
  return account;
}
