import { DomainError, notFound } from '../../../errors/domainError.ts';
import type { LocationRole } from '../../../generated/sqlite/client.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { inventoryServices } from '../services.ts';
import { entryTables, visibleEntries } from './rows.ts';

/** An entry that the caller may cross out. */
export interface EntryAccess {
  readonly caller: Caller;
  readonly entry: {
    readonly id: string;
    readonly locationId: string;
    readonly name: string;
    readonly originBinId: string | null;
    /** Whether nobody but the caller may see it. */
    readonly isPrivate: boolean | number;
  };
}

/**
 * An entry for a member of its location, in one statement. Throws NOT_FOUND for one that is unknown or
 * of a bin that the caller may not see, FORBIDDEN for viewers and people outside (OpenBin 23).
 */
export async function accessEntry(context: GraphContext, id: string): Promise<EntryAccess> {
  const caller = requireCaller(context);
  const accountId = caller.account.id;
  const [found] = await context.db.$queryRaw<(EntryAccess['entry'] & { role: LocationRole | null })[]>`
    SELECT s."id", s."locationId", s."name", s."originBinId", m."role",
      coalesce(b."visibility" = 'PRIVATE', s."onlyForId" IS NOT NULL) AS "isPrivate"
    FROM ${entryTables}
    LEFT JOIN "Membership" m ON m."locationId" = s."locationId" AND m."accountId" = ${accountId}
    WHERE s."id" = ${id} AND ${visibleEntries(accountId)}`;
  if (!found) throw notFound('Shopping entry');
  const { role, ...entry } = found;
  if (role === null || role === 'VIEWER') throw new DomainError('FORBIDDEN');
  return { caller, entry };
}

/** Notes in the log why an entry went. */
export function recordCrossedOut(
  { services }: GraphContext,
  { caller, entry: { id, locationId, name, isPrivate } }: EntryAccess,
  why: 'purchased' | 'removed',
): void {
  inventoryServices({ services }).activity.record(caller, {
    locationId,
    action: 'delete',
    entityType: 'shopping_list',
    entityId: id,
    entityName: name,
    changes: { [why]: { old: name, new: null } },
    isPrivate: Boolean(isPrivate),
  });
}
