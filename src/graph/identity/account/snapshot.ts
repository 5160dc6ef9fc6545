import type { Account } from '../../../generated/sqlite/client.ts';
import type { AccountSnapshot } from '../../core/caller.ts';

/** The snapshot of a row. */
export function snapshotOf(row: Account): AccountSnapshot {
  const {
    passwordHash,
    userNameKey: _key,
    lockSequence: _sequence,
    origin: _origin,
    releasedUserName: _name,
    ...rest
  } = row;
  return { ...rest, hasPassword: passwordHash !== null };
}
