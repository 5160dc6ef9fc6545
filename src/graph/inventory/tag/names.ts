import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { GraphContext } from '../../core/context.ts';
import { checkSelection } from '../../core/selection.ts';
import { tidyInside } from '../../core/text/names.ts';
import { tagMaxLength } from '../bin/fields.ts';

const bulkName = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** A place in the input, as issues name it. */
export type Path = readonly (string | number)[];

/** Throws INVALID_INPUT unless the tag is one that bulk operations take (OpenBin 25.2). */
export function checkBulkName(path: Path, tag: string): void {
  if (bulkName.test(tag)) return;
  const message = 'must be lower-case letters, digits and hyphens, at most 100, and begin with no hyphen';
  throw new DomainError('INVALID_INPUT', { issues: [{ path, rule: 'format', message }] });
}

/** The tags of a bulk operation, each once. Throws INVALID_INPUT or SELECTION_TOO_LARGE. */
export function checkBulkNames(
  context: GraphContext,
  path: string,
  tags: readonly string[],
): readonly string[] {
  const names = checkSelection(context, path, tags);
  for (const [index, tag] of tags.entries()) checkBulkName([path, index], tag);
  return names;
}

/** A tag as it is given. Throws INVALID_INPUT when nothing of it could be seen, or when it is too long. */
export function checkTagName(path: string, tag: string): string {
  if (tidyInside(tag) === '') throw invalid(path, 'required', 'is required');
  if ([...tag].length > tagMaxLength)
    throw invalid(path, 'too_long', `must have at most ${tagMaxLength} characters`);
  return tag;
}

/** Throws INVALID_INPUT for a location that is not given. */
export function checkLocationId(locationId: string): void {
  if (locationId === '') throw invalid('locationId', 'required', 'is required');
}
