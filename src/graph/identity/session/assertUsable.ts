import { DomainError } from '../../../errors/domainError.ts';
import type { Account } from '../../../generated/sqlite/client.ts';

/** Throws ACCOUNT_DELETED while the account waits for its deletion, ACCOUNT_SUSPENDED when it was switched off. */
export function assertUsable({ deletionRequestedAt, active }: Account): void {
  if (deletionRequestedAt) throw new DomainError('ACCOUNT_DELETED');
  if (!active) throw new DomainError('ACCOUNT_SUSPENDED');
}
