import { DomainError } from '../../../errors/domainError.ts';
import type { GraphContext } from '../../core/context.ts';

/** The accounts that a request has proven to be its own while it ran, by signing in. */
const proven = new WeakMap<GraphContext, Set<string>>();

/** Notes that a request came from the owner of an account, whoever else it was signed in as. */
export function noteOwner(context: GraphContext, accountId: string): void {
  proven.set(context, (proven.get(context) ?? new Set()).add(accountId));
}

/**
 * For fields of an account that are its owner's alone. Whoever administers the server reads any account,
 * to run the server; what somebody looks for, scans and keeps in a household is not needed for that.
 * Throws FORBIDDEN for everybody but the owner, the console too.
 */
export function assertOwn(context: GraphContext, account: { readonly id: string }): void {
  if (context.caller?.account.id === account.id) return;
  if (!proven.get(context)?.has(account.id)) throw new DomainError('FORBIDDEN');
}
