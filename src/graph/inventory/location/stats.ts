import { Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { perParent } from '../../core/loader.ts';
import { weigh } from '../../core/weight.ts';
import { allowedBins } from '../bin/visible.ts';
import { readForEach } from './perLocation.ts';
import { LocationType } from './type.ts';

const { sql } = Prisma;

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

type StatsRow = { readonly locationId: string } & Readonly<Record<keyof Stats, number | string>>;

/**
 * By hand, and items by their bins alone: with a condition on the location of the items as well, as Prisma's
 * grouped counts need it, PostgreSQL joins 5,000 bins and 50,000 items row by row until statistics are there.
 */
const statsOf = perParent<Stats>(async ({ ids, viewerId }, context) => {
  const bins = (id: string) =>
    sql`b."locationId" = ${id} AND b."deletedAt" IS NULL AND ${allowedBins(viewerId)}`;
  const rows = await readForEach<StatsRow>(
    context,
    ids,
    (id) => sql`
      SELECT ${id} AS "locationId",
        (SELECT count(*) FROM "Bin" b WHERE ${bins(id)}) AS "totalBins",
        (SELECT count(*) FROM "Bin" b JOIN "BinItem" i ON i."binId" = b."id" AND i."deletedAt" IS NULL
          WHERE ${bins(id)}) AS "totalItems",
        (SELECT count(*) FROM "Area" a WHERE a."locationId" = ${id}) AS "totalAreas",
        (SELECT count(*) FROM "Bin" b WHERE ${bins(id)} AND b."areaId" IS NULL
          AND NOT EXISTS (SELECT 1 FROM "BinItem" i WHERE i."binId" = b."id" AND i."deletedAt" IS NULL)
          AND NOT EXISTS (SELECT 1 FROM "BinTag" t WHERE t."binId" = b."id")) AS "needsOrganizing"`,
  );
  return new Map(
    rows.map(({ locationId, totalBins, totalItems, totalAreas, needsOrganizing }) => [
      locationId,
      {
        totalBins: Number(totalBins),
        totalItems: Number(totalItems),
        totalAreas: Number(totalAreas),
        needsOrganizing: Number(needsOrganizing),
      },
    ]),
  );
});

builder.objectField(LocationType, 'stats', (t) =>
  t.field({
    type: LocationStats,
    description: 'How much there is here.',
    extensions: weigh({ statements: 1, batched: true }),
    resolve: async (location, _args, context) => (await statsOf(location, context, undefined)) ?? noStats,
  }),
);
