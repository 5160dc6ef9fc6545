import { DomainError } from '../../../errors/domainError.ts';
import type { GraphContext } from '../../core/context.ts';
import { recordFailedAttempt } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { verifyPassword } from './passwords.ts';

/**
 * Compares the password of an account; guesses count as failed sign-ins. Returns the hash that it was compared
 * with, null where the account has none. Throws CURRENT_PASSWORD_WRONG, RATE_LIMITED or OVERLOADED.
 */
export async function provePassword(
  context: GraphContext,
  id: string,
  password: string,
): Promise<string | null> {
  const { db, services, request } = context;
  const row = await db.account.findUnique({ where: { id }, select: { passwordHash: true, email: true } });
  if (!row?.passwordHash) return null;
  const giveBack = await identityServices({ services }).signInGuard.begin(id, request.address);
  if (!(await verifyPassword(services, row.passwordHash, password))) {
    const account = { id, email: row.email };
    recordFailedAttempt(context, { name: 'signed_in', account, details: { method: 'CURRENT_PASSWORD' } });
    throw new DomainError('CURRENT_PASSWORD_WRONG');
  }
  await giveBack();
  return row.passwordHash;
}
