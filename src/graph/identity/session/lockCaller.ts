import { DomainError } from '../../../errors/domainError.ts';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import type { Caller, Credential } from '../../core/context.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { assertUsable } from './assertUsable.ts';

/** Whether a key was not revoked, or a session not ended by itself. */
async function isKept(tx: Prisma.TransactionClient, { kind, id }: Exclude<Credential, { kind: 'OPERATOR' }>) {
  const kept =
    kind === 'API_KEY'
      ? await tx.apiKey.count({ where: { id, revokedAt: null } })
      : await tx.session.count({ where: { id, endedAt: null } });
  return kept === 1;
}

/**
 * The account, or what a request with the caller's credential would get now. Call it with the account as it is
 * under its lock: whatever takes credentials back by the account locks it first, so what is seen here
 * is final. The row tells most of it; one statement tells the rest. It must come after the lock: a
 * subquery in the same statement would see what was before the wait.
 */
export async function assertStillIn(
  tx: Prisma.TransactionClient,
  { account: { tokenVersion }, credential }: Caller,
  account: Account | null,
): Promise<Account> {
  const bySession = credential.kind === 'SESSION';
  if (!account) throw new DomainError(bySession ? 'ACCOUNT_DELETED' : 'CREDENTIAL_INVALID');
  assertUsable(account);
  // A caller keeps the version that its token was compared with.
  if (bySession && account.tokenVersion !== tokenVersion) throw new DomainError('SESSION_REVOKED');
  if (credential.kind !== 'OPERATOR' && !(await isKept(tx, credential))) {
    throw new DomainError('CREDENTIAL_INVALID');
  }
  return account;
}

/**
 * Takes the turn of the caller's own account (see `lockAccount`) and looks at the credential again: a
 * request that was let in before all keys and sessions were taken back, as the first proof of an address
 * does, waits here, and would go on to make a key that survives. Throws as {@link assertStillIn} does.
 */
export async function lockCaller(tx: Prisma.TransactionClient, caller: Caller): Promise<Account> {
  return assertStillIn(tx, caller, await lockAccountIfThere(tx, caller.account.id));
}
