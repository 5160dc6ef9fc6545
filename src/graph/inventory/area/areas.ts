import { type Area, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { byName } from '../../core/byName.ts';
import type { GraphContext } from '../../core/context.ts';
import { perParent } from '../../core/loader.ts';
import { within } from '../../core/pagesBelow.ts';
import { tableRows } from '../../core/tableRows.ts';
import { fewRows, weigh } from '../../core/weight.ts';
import { wholeList } from '../../core/wholeList.ts';
import { allowedBins } from '../bin/visible.ts';
import { byLocation } from '../location/perLocation.ts';
import { LocationType } from '../location/type.ts';
import { childrenOf, subtreeOf } from './tree.ts';

const { sql } = Prisma;

/** Bins in an area, as one person may see them. */
interface BinCounts {
  readonly binCount: number;
  readonly subtreeBinCount: number;
}

/** An area as one person sees it. */
interface AreaView extends Area {
  readonly viewerId: string;
  /** What a list has counted already. */
  readonly counts?: BinCounts;
}

const areaRows = tableRows<Area>('Area');

const areasOf = perParent<Area[]>(async ({ ids }, { services: { database } }) => {
  const rows = await database.read<object>(sql`
    SELECT ${areaRows.columns(database.engine, 'a')} FROM "Area" a WHERE ${within(sql`a."locationId"`, ids)}`);
  return byLocation(rows.map(areaRows.decode));
});

/** How many bins stand directly in each area of a location; null stands for those without an area. */
const directCountsOf = perParent<Map<string | null, number>>(
  async ({ ids, viewerId }, { services: { database } }) => {
    const groups = await database.read<{
      locationId: string;
      areaId: string | null;
      bins: number | string;
    }>(sql`
      SELECT b."locationId", b."areaId", count(*) AS "bins" FROM "Bin" b
      WHERE ${within(sql`b."locationId"`, ids)} AND b."deletedAt" IS NULL AND ${allowedBins(viewerId)}
      GROUP BY b."locationId", b."areaId"`);
    const counts = new Map<string, Map<string | null, number>>();
    for (const [locationId, own] of byLocation(groups)) {
      counts.set(locationId, new Map(own.map(({ areaId, bins }) => [areaId, Number(bins)])));
    }
    return counts;
  },
);

/** The areas of a location with their bins counted; two statements for all locations asked at once. */
async function countedAreasOf(
  location: { readonly id: string; readonly viewerId: string },
  context: GraphContext,
): Promise<Required<AreaView>[]> {
  const { viewerId } = location;
  const [areas = [], direct] = await Promise.all([
    areasOf(location, context, undefined),
    directCountsOf(location, context, undefined),
  ]);
  const children = childrenOf(areas);
  const countIn = (id: string) => direct?.get(id) ?? 0;
  return areas.map((area) => ({
    ...area,
    viewerId,
    counts: {
      binCount: countIn(area.id),
      subtreeBinCount: [...subtreeOf(area.id, children)].reduce((sum, id) => sum + countIn(id), 0),
    },
  }));
}

/** The counts of an area that was read alone. */
async function countsOf(area: AreaView, context: GraphContext): Promise<BinCounts> {
  const areas = await countedAreasOf({ id: area.locationId, viewerId: area.viewerId }, context);
  return areas.find(({ id }) => id === area.id)?.counts ?? { binCount: 0, subtreeBinCount: 0 };
}

export const AreaType = builder.objectRef<AreaView>('Area').implement({
  description: 'A room, a shelf, a drawer: areas form a tree in their location.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    name: t.exposeString('name', { description: 'What it is called; no two siblings have the same name.' }),
    parentId: t.exposeID('parentId', {
      nullable: true,
      description: 'The area that holds it; null at the top.',
    }),
    createdById: t.exposeID('createdById', {
      nullable: true,
      description: 'Who created it; null when the account is gone.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
    binCount: t.int({
      description: 'Bins directly in it that you may see, without the trash.',
      resolve: (area, _args, context) =>
        area.counts?.binCount ?? countsOf(area, context).then(({ binCount }) => binCount),
    }),
    subtreeBinCount: t.int({
      description: 'The same in it and in all areas below it.',
      resolve: (area, _args, context) =>
        area.counts?.subtreeBinCount ??
        countsOf(area, context).then(({ subtreeBinCount }) => subtreeBinCount),
    }),
  }),
});

builder.objectFields(LocationType, (t) => ({
  areas: t.connection({
    type: AreaType,
    description: 'All areas, flat, by name without regard to case.',
    extensions: weigh({ statements: 2, batched: true, size: fewRows }),
    resolve: async (location, args, context) =>
      wholeList(args, (await countedAreasOf(location, context)).sort(byName), ({ id }) => id),
  }),
  unassignedBinCount: t.int({
    description: 'Bins without an area that you may see, without the trash.',
    extensions: weigh({ statements: 1, batched: true }),
    resolve: async (location, _args, context) =>
      (await directCountsOf(location, context, undefined))?.get(null) ?? 0,
  }),
}));
