import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { visibleBins } from '../bin/visible.ts';
import { perLocation } from './perLocation.ts';
import { LocationType } from './type.ts';

interface Stats {
  totalBins: number;
  totalItems: number;
  totalAreas: number;
  needsOrganizing: number;
}

const noStats: Stats = { totalBins: 0, totalItems: 0, totalAreas: 0, needsOrganizing: 0 };

const LocationStats = builder.objectRef<Stats>('LocationStats').implement({
  description: 'How much there is in a location, as far as you may see it; the trash does not count.',
  fields: (t) => ({
    totalBins: t.exposeInt('totalBins', { description: 'Bins.' }),
    totalItems: t.exposeInt('totalItems', { description: 'Items in those bins.' }),
    totalAreas: t.exposeInt('totalAreas', { description: 'Areas.' }),
    needsOrganizing: t.exposeInt('needsOrganizing', { description: 'Bins without area, items and tags.' }),
  }),
});

const statsOf = perLocation<Stats>(async ({ ids, viewerId }, { db }) => {
  const within = { locationId: { in: [...ids] } };
  const bins = { ...within, ...visibleBins(viewerId) };
  const unsorted = { areaId: null, items: { none: { deletedAt: null } }, tags: { none: {} } };
  const counting = { by: ['locationId'] as ['locationId'], _count: { _all: true as const } };
  const counts = await Promise.all([
    db.bin.groupBy({ ...counting, where: bins }),
    db.binItem.groupBy({ ...counting, where: { ...within, deletedAt: null, bin: bins } }),
    db.area.groupBy({ ...counting, where: within }),
    db.bin.groupBy({ ...counting, where: { ...bins, ...unsorted } }),
  ]);
  const stats = new Map<string, Stats>(ids.map((id) => [id, { ...noStats }]));
  for (const [at, name] of (
    ['totalBins', 'totalItems', 'totalAreas', 'needsOrganizing'] as const
  ).entries()) {
    for (const { locationId, _count } of counts[at] ?? []) {
      const so = stats.get(locationId);
      if (so) so[name] = _count._all;
    }
  }
  return stats;
});

builder.objectField(LocationType, 'stats', (t) =>
  t.field({
    type: LocationStats,
    description: 'How much there is here.',
    extensions: weigh({ statements: 4, batched: true }),
    resolve: async (location, _args, context) => (await statsOf(location, context, undefined)) ?? noStats,
  }),
);
