import type { Area } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { byName } from '../../core/byName.ts';
import { weigh } from '../../core/weight.ts';
import { visibleBins } from '../bin/visible.ts';
import { LocationType } from '../location/type.ts';
import { childrenOf, subtreeOf } from './tree.ts';
import { AreaType } from './types.ts';

interface CountedArea {
  readonly area: Area;
  readonly binCount: number;
  readonly subtreeBinCount: number;
}

interface AreaList {
  readonly results: CountedArea[];
  readonly unassignedBinCount: number;
}

const CountedAreaType = builder.objectRef<CountedArea>('CountedArea').implement({
  description: 'An area with the bins in it that you may see; the trash does not count.',
  fields: (t) => ({
    area: t.expose('area', { type: AreaType, description: 'The area.' }),
    binCount: t.exposeInt('binCount', { description: 'Bins directly in it.' }),
    subtreeBinCount: t.exposeInt('subtreeBinCount', { description: 'Bins in it and in all areas below it.' }),
  }),
});

const AreaListType = builder.objectRef<AreaList>('AreaList').implement({
  description: 'All areas of a location.',
  fields: (t) => ({
    results: t.expose('results', { type: [CountedAreaType], description: 'By name without regard to case.' }),
    unassignedBinCount: t.exposeInt('unassignedBinCount', {
      description: 'Bins without an area that you may see.',
    }),
  }),
});

builder.objectField(LocationType, 'areas', (t) =>
  t.field({
    type: AreaListType,
    description: 'The areas, flat, with their bins counted.',
    extensions: weigh({ statements: 2 }),
    resolve: async ({ id: locationId, viewerId }, _args, { db }) => {
      const [areas, groups] = await Promise.all([
        db.area.findMany({ where: { locationId } }),
        db.bin.groupBy({
          by: ['areaId'],
          where: { locationId, ...visibleBins(viewerId) },
          _count: { _all: true },
        }),
      ]);
      const direct = new Map(groups.map(({ areaId, _count }) => [areaId, _count._all]));
      const children = childrenOf(areas);
      const below = (id: string) =>
        [...subtreeOf(id, children)].reduce((sum, each) => sum + (direct.get(each) ?? 0), 0);
      const results = areas.sort(byName).map((area) => ({
        area,
        binCount: direct.get(area.id) ?? 0,
        subtreeBinCount: below(area.id),
      }));
      return { results, unassignedBinCount: direct.get(null) ?? 0 };
    },
  }),
);
