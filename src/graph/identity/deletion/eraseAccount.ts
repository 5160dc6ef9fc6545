import { DomainError } from '../../../errors/domainError.ts';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import type { Services } from '../../core/services.ts';
import { lockAdministrators } from '../administration/administrators.ts';
import { forgetInSecurityEvents } from '../security/events.ts';

/** Restarts the transaction because the account came to something new concurrently. */
class LocksOutdated extends Error {}

const maxAttempts = 20;

/** How an account is to go. */
interface Going {
  readonly accountId: string;
  /** Whether it may be one of those who administer the server. */
  readonly administers: boolean;
  /** Locks the account itself; what it returns comes to `work`. */
  readonly lock: (tx: Prisma.TransactionClient) => Promise<Account | null>;
}

/**
 * Runs a transaction in which an account goes, or its address is proven for the first time, with all locks in the order of `AccountLifecycle`, then has the
 * accounts that `work` returns forgotten. What comes to the account before its own row is locked could not be locked
 * any more, so everything begins again then. Throws OVERLOADED when that does not end, which only its
 * owner can cause.
 */
export async function withDeletionLocks(
  { database, lifecycle, credentials }: Services,
  { accountId, administers, lock }: Going,
  work: (tx: Prisma.TransactionClient, account: Account | null) => Promise<readonly string[]>,
): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    try {
      const changed = await database.db.$transaction(async (tx) => {
        const locksHold = await lifecycle.lockBeforeAccount(tx, accountId);
        if (administers) await lockAdministrators(tx);
        const account = await lock(tx);
        if (!(await locksHold())) throw new LocksOutdated();
        return work(tx, account);
      });
      for (const each of changed) await credentials.forget(each);
      return;
    } catch (error) {
      if (!(error instanceof LocksOutdated)) throw error;
    }
  }
  throw new DomainError('OVERLOADED', { retryAfterSeconds: 1 });
}

/**
 * Deletes an account for good, with what the wings delete and hand over. Call it in `withDeletionLocks`. Returns the
 * accounts whose credentials are to be forgotten after the commit.
 */
export async function eraseAccount(
  { lifecycle }: Services,
  tx: Prisma.TransactionClient,
  accountId: string,
): Promise<readonly string[]> {
  const others = await lifecycle.erase(tx, accountId);
  await forgetInSecurityEvents(tx, accountId);
  await tx.account.deleteMany({ where: { id: accountId } });
  return [accountId, ...others];
}
