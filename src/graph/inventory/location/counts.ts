import type { PrismaClient } from '../../../generated/sqlite/client.ts';
import { visibleBins } from '../bin/visible.ts';

/** How much there is in a location, as one person may know it. */
export interface LocationCounts {
  /** Administrators and members. */
  readonly members: number;
  readonly viewers: number;
  readonly areas: number;
  readonly bins: number;
}

const none: LocationCounts = { members: 0, viewers: 0, areas: 0, bins: 0 };

/** The counts of many locations in three statements; a location without anything is not among them. */
async function load(
  db: PrismaClient,
  ids: string[],
  accountId: string,
): Promise<Map<string, LocationCounts>> {
  const within = { locationId: { in: ids } };
  const [roles, areas, bins] = await Promise.all([
    db.membership.groupBy({ by: ['locationId', 'role'], where: within, _count: { _all: true } }),
    db.area.groupBy({ by: ['locationId'], where: within, _count: { _all: true } }),
    db.bin.groupBy({
      by: ['locationId'],
      where: { ...within, ...visibleBins(accountId) },
      _count: { _all: true },
    }),
  ]);
  const counts = new Map<string, LocationCounts>();
  const add = (id: string, more: Partial<LocationCounts>) => {
    const so = counts.get(id) ?? none;
    counts.set(id, { ...so, ...more, members: so.members + (more.members ?? 0) });
  };
  for (const { locationId, role, _count } of roles) {
    add(locationId, role === 'VIEWER' ? { viewers: _count._all } : { members: _count._all });
  }
  for (const { locationId, _count } of areas) add(locationId, { areas: _count._all });
  for (const { locationId, _count } of bins) add(locationId, { bins: _count._all });
  return counts;
}

/** Counts for a list of locations, all at once and only when the first one is asked for. */
export function countsFor(db: PrismaClient, ids: string[], accountId: string) {
  let loaded: Promise<Map<string, LocationCounts>> | undefined;
  return async (id: string): Promise<LocationCounts> => {
    loaded ??= load(db, ids, accountId);
    return (await loaded).get(id) ?? none;
  };
}
