import { DomainError } from '../../../errors/domainError.ts';
import { comparedName } from '../../core/text/names.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Throws NAME_TAKEN when another of the rows, which are all that must differ, has the same name but for what cannot
 * be seen. The database compares the texts alone, so call it under the lock of their location.
 */
export function assertNameFree(rows: readonly Named[], name: string, ownId?: string): void {
  const wanted = comparedName(name);
  if (rows.some((row) => row.id !== ownId && comparedName(row.name) === wanted)) {
    throw new DomainError('NAME_TAKEN');
  }
}
