import { Prisma } from '../../../generated/sqlite/client.ts';
import { perParent } from '../../core/loader.ts';
import { allowedBins } from '../bin/visible.ts';
import { readForEach } from './perLocation.ts';

const { sql } = Prisma;

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

/** The counts of a location; one statement for all that are asked for at once. */
export const countsOf = perParent<LocationCounts>(async ({ ids, viewerId }, context) => {
  const rows = await readForEach<Record<keyof LocationCounts, number | string> & { id: string }>(
    context,
    ids,
    (id) => sql`
      SELECT ${id} AS "id",
        (SELECT count(*) FROM "Membership" m WHERE m."locationId" = ${id} AND m."role" <> 'VIEWER') AS "members",
        (SELECT count(*) FROM "Membership" m WHERE m."locationId" = ${id} AND m."role" = 'VIEWER') AS "viewers",
        (SELECT count(*) FROM "Area" a WHERE a."locationId" = ${id}) AS "areas",
        (SELECT count(*) FROM "Bin" b
          WHERE b."locationId" = ${id} AND b."deletedAt" IS NULL AND ${allowedBins(viewerId)}) AS "bins"`,
  );
  return new Map(
    rows.map(({ id, members, viewers, areas, bins }) => [
      id,
      { members: Number(members), viewers: Number(viewers), areas: Number(areas), bins: Number(bins) },
    ]),
  );
});
