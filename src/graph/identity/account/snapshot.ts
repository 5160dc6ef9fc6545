import type { Account } from '../../../generated/sqlite/client.ts';

/**
 * An account as resolvers see it: the row without its password hash. It travels in the
 * credential cache, so a hash in it would lie in memory for every recent caller.
 */
export interface AccountSnapshot extends Omit<Account, 'passwordHash' | 'userNameKey' | 'lockSequence'> {
  readonly hasPassword: boolean;
}

/** The snapshot of a row. */
export function snapshotOf(row: Account): AccountSnapshot {
  const { passwordHash, userNameKey: _key, lockSequence: _sequence, ...rest } = row;
  return { ...rest, hasPassword: passwordHash !== null };
}
