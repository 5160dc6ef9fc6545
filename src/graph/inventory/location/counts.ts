import { perParent } from '../../core/loader.ts';
import { visibleBins } from '../bin/visible.ts';

/** How much there is in a location, as one person may know it. */
interface LocationCounts {
  /** Administrators and members. */
  readonly members: number;
  readonly viewers: number;
  readonly areas: number;
  readonly bins: number;
}

/** The counts of a location that has nothing. */
export const noCounts: LocationCounts = { members: 0, viewers: 0, areas: 0, bins: 0 };

/** The counts of a location; three statements for all that are asked for at once. */
export const countsOf = perParent<LocationCounts>(async ({ ids, viewerId }, { db }) => {
  const within = { locationId: { in: [...ids] } };
  const [roles, areas, bins] = await Promise.all([
    db.membership.groupBy({ by: ['locationId', 'role'], where: within, _count: { _all: true } }),
    db.area.groupBy({ by: ['locationId'], where: within, _count: { _all: true } }),
    db.bin.groupBy({
      by: ['locationId'],
      where: { ...within, ...visibleBins(viewerId) },
      _count: { _all: true },
    }),
  ]);
  const counts = new Map<string, LocationCounts>();
  const add = (id: string, more: Partial<LocationCounts>) => {
    const so = counts.get(id) ?? noCounts;
    counts.set(id, { ...so, ...more, members: so.members + (more.members ?? 0) });
  };
  for (const { locationId, role, _count } of roles) {
    add(locationId, role === 'VIEWER' ? { viewers: _count._all } : { members: _count._all });
  }
  for (const { locationId, _count } of areas) add(locationId, { areas: _count._all });
  for (const { locationId, _count } of bins) add(locationId, { bins: _count._all });
  return counts;
});
