import { DomainError } from '../../../errors/domainError.ts';
import type { Path } from './names.ts';
import type { StyleBook } from './styleBook.ts';

/** Throws TAG_CYCLE for tags above one another, INVALID_INPUT for more than one level (OpenBin 13, 28). */
export function assertPlaces(book: StyleBook, tags: Iterable<string>, path: Path): void {
  const found = book.problemWith(tags);
  if (!found) return;
  if (found.problem === 'cycle') throw new DomainError('TAG_CYCLE');
  const message = `would make a second level: a tag with one above it is above others`;
  throw new DomainError('INVALID_INPUT', { issues: [{ path, rule: 'range', message }] });
}
