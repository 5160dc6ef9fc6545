import { v7 as timeOrdered } from 'uuid';

/**
 * A new id: 48 bits of the time in milliseconds, then a count and chance, in the form of UUID version 4
 * (OpenBin 2). Ids of one process sort by the order of their making, also within a millisecond, which
 * keyset pages need; callers check the form that their contract names. ADR 0005.
 */
export function newId(): string {
  const id = timeOrdered();
  return `${id.slice(0, 14)}4${id.slice(15)}`;
}
