import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { withDeletionLocks } from '../deletion/eraseAccount.ts';
import { type SecurityLog, securityLog } from '../security/events.ts';
import { assertStillIn } from '../session/lockCaller.ts';
import { endBeforeProof, type ProofKind } from './endBeforeProof.ts';

type Tx = Prisma.TransactionClient;

/** What a transaction in which an address may be proven works with. */
export interface Proving {
  readonly security: SecurityLog;
  /** Marks the address of the locked account as proven; returns the account as it is then. */
  prove(account: Account, by: ProofKind): Promise<Account>;
}

/** Thrown to begin again with the locks that a first proof needs. */
class LocksMissing extends Error {}

/** Whether the owner of a changed address proves it from a session of the account. Throws what a request with an ended session gets. */
async function isOwnProof(tx: Tx, { caller }: GraphContext, account: Account): Promise<boolean> {
  if (!account.firstProvenAt || caller?.credential.kind !== 'SESSION') return false;
  if (caller.account.id !== account.id) return false;
  await assertStillIn(tx, caller, account);
  return true;
}

/**
 * Marks an address as proven. Unless the proof comes from a session of an account that has proven an address before,
 * everything that was made until now ends: somebody else may have registered the address, or changed an account to
 * it, and waits with a session or a key for its owner to move in (pre-hijacking). Call it with the locks of
 * {@link withProof}.
 */
export async function proveEmail(
  tx: Tx,
  context: GraphContext,
  security: SecurityLog,
  { account, by }: { readonly account: Account; readonly by: ProofKind },
): Promise<{ account: Account; changed: readonly string[] }> {
  const now = new Date();
  const proven = { emailVerifiedAt: now, firstProvenAt: account.firstProvenAt ?? now };
  const isOwn = await isOwnProof(tx, context, account);
  const { ended, changed } = isOwn
    ? { ended: {}, changed: [] }
    : await endBeforeProof(tx, context.services, security, account, by);
  await security.record(tx, { name: 'address_proven', account, details: { by, first: !isOwn, ended } });
  const data = isOwn ? proven : { ...proven, tokenVersion: { increment: 1 } };
  return { account: await tx.account.update({ where: { id: account.id }, data }), changed };
}

/**
 * Runs a transaction in which the address of an account may be proven, with the locks that this takes: a key that is
 * being made meanwhile is made before and revoked, or waits and is refused (`lockCaller`). Afterwards the credentials of
 * those who were concerned are forgotten. The work runs again when the locks did not suffice.
 */
export async function withProof<Result>(
  context: GraphContext,
  accountId: string,
  work: (tx: Tx, proving: Proving) => Promise<Result>,
): Promise<Result> {
  const { db, services } = context;
  let done: { readonly result: Result } | undefined;

  async function attempt(tx: Tx, security: SecurityLog, isLocked: boolean): Promise<readonly string[]> {
    const changed = new Set([accountId]);
    const result = await work(tx, {
      security,
      async prove(account, by) {
        if (account.emailVerifiedAt) return account;
        if (!isLocked) throw new LocksMissing();
        const proven = await proveEmail(tx, context, security, { account, by });
        for (const id of proven.changed) changed.add(id);
        return proven.account;
      },
    });
    done = { result };
    return [...changed];
  }

  /** Nearly always enough: most accounts that come here are proven already. */
  async function withoutLocks(): Promise<boolean> {
    const security = securityLog(context);
    try {
      const changed = await db.$transaction((tx) => attempt(tx, security, false));
      for (const id of changed) await services.credentials.forget(id);
      security.committed();
      return true;
    } catch (error) {
      if (error instanceof LocksMissing) return false;
      throw error;
    }
  }

  const known = await db.account.findUnique({ where: { id: accountId }, select: { emailVerifiedAt: true } });
  if (!known?.emailVerifiedAt || !(await withoutLocks())) {
    const lock = (tx: Tx) => lockAccountIfThere(tx, accountId);
    await withDeletionLocks(context, { accountId, administers: false, lock }, (tx, _account, security) =>
      attempt(tx, security, true),
    );
  }
  if (!done) throw new Error('The transaction of a proof ended without a result.');
  return done.result;
}
