import { DomainError } from '../../errors/domainError.ts';
import type { AccountSnapshot, Caller } from './caller.ts';
import type { GraphContext, KeyRight } from './context.ts';

/** True once an owner has proven an address of the account; a newer one need not be proven yet. */
export function isProven({
  emailVerifiedAt,
  firstProvenAt,
}: Pick<AccountSnapshot, 'emailVerifiedAt' | 'firstProvenAt'>): boolean {
  return emailVerifiedAt !== null || firstProvenAt !== null;
}

/** Throws EMAIL_NOT_VERIFIED unless the caller's account is proven. The console has no address. */
export function assertVerified(caller: Caller | null): void {
  if (!caller || caller.credential.kind === 'OPERATOR' || isProven(caller.account)) return;
  throw new DomainError('EMAIL_NOT_VERIFIED');
}

/**
 * Throws CREDENTIAL_KIND_REFUSED for a key: one that leaks must not take the account away from its owner. With a
 * `right`, keys may act at the API whose contract gives it to them.
 */
export function assertBySession({ caller, request }: GraphContext, right?: KeyRight): void {
  if (caller?.credential.kind !== 'API_KEY') return;
  if (!right || !request.keyRights?.includes(right)) throw new DomainError('CREDENTIAL_KIND_REFUSED');
}
