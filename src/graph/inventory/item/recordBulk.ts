import type { BinVisibility } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { inventoryServices } from '../services.ts';
import type { Selection } from './selection.ts';

/** What a bulk operation worked on, in a bin that others see or not. */
interface InBin {
  readonly visibility: BinVisibility;
}

/** What the log says of a bulk operation. */
interface BulkEntry<Subject> {
  readonly action: string;
  /** Items unless given. */
  readonly entityType?: string;
  readonly entityId?: string;
  readonly subjects: readonly Subject[];
  /** The numbers that some of the subjects make. */
  readonly countsOf: (subjects: readonly Subject[]) => Readonly<Record<string, number>>;
}

/**
 * Notes a bulk operation in the log, with its numbers (OpenBin 17). What it did in private bins makes a
 * row of its own, for the caller alone: others shall not even learn how much is in there.
 */
export function recordBulk<Subject extends InBin>(
  { services }: GraphContext,
  { caller, locationId }: Pick<Selection, 'caller' | 'locationId'>,
  { action, entityType = 'item', entityId, subjects, countsOf }: BulkEntry<Subject>,
): void {
  for (const isPrivate of [false, true]) {
    const some = subjects.filter(({ visibility }) => (visibility === 'PRIVATE') === isPrivate);
    if (some.length === 0) continue;
    inventoryServices({ services }).activity.record(caller, {
      locationId,
      action,
      entityType,
      entityId: entityId ?? null,
      changes: { counts: { old: null, new: countsOf(some) } },
      isPrivate,
    });
  }
}
