import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { visibleBins } from '../bin/visible.ts';
import { LocationType } from './type.ts';

interface Stats {
  readonly totalBins: number;
  readonly totalItems: number;
  readonly totalAreas: number;
  readonly needsOrganizing: number;
}

const LocationStats = builder.objectRef<Stats>('LocationStats').implement({
  description: 'How much there is in a location, as far as you may see it; the trash does not count.',
  fields: (t) => ({
    totalBins: t.exposeInt('totalBins', { description: 'Bins.' }),
    totalItems: t.exposeInt('totalItems', { description: 'Items in those bins.' }),
    totalAreas: t.exposeInt('totalAreas', { description: 'Areas.' }),
    needsOrganizing: t.exposeInt('needsOrganizing', { description: 'Bins without area, items and tags.' }),
  }),
});

builder.objectField(LocationType, 'stats', (t) =>
  t.field({
    type: LocationStats,
    description: 'How much there is here.',
    extensions: weigh({ statements: 4 }),
    resolve: async ({ id: locationId, viewerId }, _args, { db }) => {
      const bins = { locationId, ...visibleBins(viewerId) };
      const [totalBins, totalItems, totalAreas, needsOrganizing] = await Promise.all([
        db.bin.count({ where: bins }),
        db.binItem.count({ where: { deletedAt: null, bin: bins } }),
        db.area.count({ where: { locationId } }),
        db.bin.count({
          where: { ...bins, areaId: null, items: { none: { deletedAt: null } }, tags: { none: {} } },
        }),
      ]);
      return { totalBins, totalItems, totalAreas, needsOrganizing };
    },
  }),
);
