import type { GraphContext } from '../../core/context.ts';
import type { Changes } from '../activity/changes.ts';
import { inventoryServices } from '../services.ts';
import type { BinAccess } from './access.ts';

/** What the log says of a bin, beside its making, its updates and its moves (OpenBin 17). */
export type BinAction = 'delete' | 'restore' | 'permanent_delete' | 'code_changed';

/** Notes in the log what was done with a bin. Call it after the commit. */
export function recordBinAction(
  { services }: GraphContext,
  { bin, caller }: BinAccess,
  action: BinAction,
  changes?: Changes,
): void {
  inventoryServices({ services }).activity.record(caller, {
    locationId: bin.locationId,
    action,
    entityType: 'bin',
    entityId: bin.id,
    entityName: bin.name,
    changes,
    isPrivate: bin.visibility === 'PRIVATE',
  });
}
