import type { Caller, GraphContext } from '../../core/context.ts';
import { inventoryServices } from '../services.ts';

/** Notes a bulk operation on tags in the log, with its numbers (OpenBin 17). */
export function recordBulk(
  { services }: GraphContext,
  caller: Caller,
  locationId: string,
  action: string,
  counts: Readonly<Record<string, number>>,
): void {
  inventoryServices({ services }).activity.record(caller, {
    locationId,
    action,
    entityType: 'tag',
    changes: { counts: { old: null, new: counts } },
  });
}
