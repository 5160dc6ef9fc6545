import { DomainError } from '../../../errors/domainError.ts';
import type { Account, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import { lockLocation } from '../../inventory/location/roles.ts';

async function lockUnlessGone(tx: Prisma.TransactionClient, locationId: string): Promise<void> {
  try {
    await lockLocation(tx, locationId);
  } catch (error) {
    // Deleted since it was read.
    if (!(error instanceof DomainError && error.code === 'FORBIDDEN')) throw error;
  }
}

/**
 * Takes the turns of all locations of an account: nobody joins or leaves them, or is given another role
 * there, until the end of the transaction. Answers which. In the order of ids, and before any account is locked, as
 * those do who change members: so nobody waits in a circle.
 */
async function lockLocationsOf(tx: Prisma.TransactionClient, accountId: string): Promise<Set<string>> {
  const held = new Set<string>();
  for (;;) {
    const all = await tx.membership.findMany({
      where: { accountId },
      select: { locationId: true },
      orderBy: { locationId: 'asc' },
    });
    // None unless the account joined one while this waited for the others.
    const missing = all.filter(({ locationId }) => !held.has(locationId));
    if (missing.length === 0) return held;
    for (const { locationId } of missing) {
      await lockUnlessGone(tx, locationId);
      held.add(locationId);
    }
  }
}

/**
 * Takes the turns of all who administer the server, in the order of ids: two of them who lock
 * themselves first and then the others would wait for each other.
 */
export async function lockAdministrators(tx: Prisma.TransactionClient): Promise<void> {
  const all = await tx.account.findMany({
    where: { administrator: true },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of all) {
    await tx.account.updateMany({ where: { id }, data: { lockSequence: { increment: 1 } } });
  }
}

/** Restarts the transaction because a membership was added concurrently. */
class MembershipChanged extends Error {}

const maxAttempts = 20;

/** How an account is to go. */
interface DeletionLocks {
  readonly accountId: string;
  /** Whether it may be one of those who administer the server. */
  readonly administers: boolean;
  /** Locks the account itself; what it answers comes to `work`. */
  readonly lock: (tx: Prisma.TransactionClient) => Promise<Account | null>;
}

/**
 * Runs a transaction in which an account goes, with the turns of its locations, then of all administrators
 * of the server where it is one, then of itself: the order of all who take several. Who makes or joins a
 * location takes the account's turn too, so what it belongs to stays as it is from there on: a location that
 * came in between would be left without anybody. Its turn cannot be taken by who holds an account, so
 * everything begins anew then. Throws OVERLOADED when that does not end, which nobody but its owner can cause.
 */
export async function withDeletionLocks<Result>(
  db: PrismaClient,
  { accountId, administers, lock }: DeletionLocks,
  work: (tx: Prisma.TransactionClient, account: Account | null) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    try {
      return await db.$transaction(async (tx) => {
        const held = await lockLocationsOf(tx, accountId);
        if (administers) await lockAdministrators(tx);
        const account = await lock(tx);
        const own = await tx.membership.findMany({ where: { accountId }, select: { locationId: true } });
        if (own.some(({ locationId }) => !held.has(locationId))) throw new MembershipChanged();
        return work(tx, account);
      });
    } catch (error) {
      if (!(error instanceof MembershipChanged)) throw error;
    }
  }
  throw new DomainError('OVERLOADED', { retryAfterSeconds: 1 });
}
