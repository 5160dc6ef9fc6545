import { DomainError } from '../../../errors/domainError.ts';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import type { Heir } from '../../core/lifecycle.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { lockAdministrators } from '../administration/administrators.ts';
import {
  type EventSource,
  forgetInSecurityEvents,
  type SecurityLog,
  securityLog,
} from '../security/events.ts';

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
 * Runs a transaction in which an account goes, or its address is proven for the first time, with all locks in the
 * order of `AccountLifecycle`, then has the accounts that `work` returns forgotten, and logs what it recorded. What
 * comes to the account before its own row is locked could not be locked
 * any more, so everything begins again then. Throws OVERLOADED when that does not end, which only its
 * owner can cause.
 */
export async function withDeletionLocks(
  source: EventSource,
  { accountId, administers, lock }: Going,
  work: (
    tx: Prisma.TransactionClient,
    account: Account | null,
    security: SecurityLog,
  ) => Promise<readonly string[]>,
): Promise<void> {
  const { database, lifecycle, credentials } = source.services;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const security = securityLog(source);
    try {
      const changed = await database.db.$transaction(async (tx) => {
        const locksHold = await lifecycle.lockBeforeAccount(tx, accountId);
        if (administers) await lockAdministrators(tx);
        const account = await lock(tx);
        if (!(await locksHold())) throw new LocksOutdated();
        return work(tx, account, security);
      });
      for (const each of changed) await credentials.forget(each);
      security.committed();
      return;
    } catch (error) {
      // Unique columns are written where an heir takes something over, who may have come to one of their own concurrently.
      if (!(error instanceof LocksOutdated) && !isUniqueViolation(error)) throw error;
    }
  }
  throw new DomainError('OVERLOADED', { retryAfterSeconds: 1 });
}

/** Records that others govern now what an account that goes governed alone. */
export async function recordHeirs(
  tx: Prisma.TransactionClient,
  heirs: readonly Heir[],
  security: SecurityLog,
): Promise<void> {
  for (const { id, email, governs, role } of heirs) {
    await security.record(tx, {
      name: 'member_role_changed',
      account: { id, email },
      target: governs,
      details: { role },
    });
  }
}

/**
 * Deletes an account for good, with what the wings delete and hand over. Call it in `withDeletionLocks`. Returns the
 * accounts whose credentials are to be forgotten after the commit.
 */
export async function eraseAccount(
  { services: { lifecycle } }: EventSource,
  tx: Prisma.TransactionClient,
  account: Account,
  security: SecurityLog,
): Promise<readonly string[]> {
  const { id } = account;
  const { affected, heirs } = await lifecycle.erase(tx, id);
  await recordHeirs(tx, heirs, security);
  await security.record(tx, { name: 'account_deleted', account });
  await forgetInSecurityEvents(tx, id);
  await tx.account.deleteMany({ where: { id } });
  return [id, ...affected];
}
