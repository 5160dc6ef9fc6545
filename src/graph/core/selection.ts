import { DomainError } from '../../errors/domainError.ts';
import { invalid } from '../../errors/issues.ts';
import type { GraphContext } from './context.ts';

/** Throws SELECTION_TOO_LARGE for more than BULK_MAX_SELECTION. */
export function checkSelectionSize({ services }: GraphContext, requested: number): void {
  const max = services.config.openbin.maxBulkSelection;
  if (requested > max) throw new DomainError('SELECTION_TOO_LARGE', { data: { max, requested } });
}

/**
 * What a bulk operation is to work on, each once. Throws INVALID_INPUT under `path` when that is nothing,
 * SELECTION_TOO_LARGE when it is more than BULK_MAX_SELECTION (OpenBin 25.1).
 */
export function checkSelection(
  context: GraphContext,
  path: string,
  ids: readonly string[],
): readonly string[] {
  const selection = [...new Set(ids)];
  if (selection.length === 0 || selection.includes(''))
    throw invalid(path, 'required', 'must have entries, and no empty one');
  checkSelectionSize(context, selection.length);
  return selection;
}
