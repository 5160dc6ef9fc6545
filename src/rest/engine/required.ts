import { DomainError } from '../../errors/domainError.ts';

/**
 * What the graph answers for a field that is null only beside an error, which the engine has thrown by then.
 * Throws INTERNAL for null.
 */
export function required<T>(value: T | null | undefined): T {
  if (value == null) throw new DomainError('INTERNAL');
  return value;
}
