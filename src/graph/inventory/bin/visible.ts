import { Prisma } from '../../../generated/sqlite/client.ts';

/** The bins that somebody may know of: those that are not in the trash, without other people's private ones. */
export function visibleBins(accountId: string): Prisma.BinWhereInput {
  return { deletedAt: null, OR: [{ visibility: 'LOCATION' }, { createdById: accountId }] };
}

/** The part of it that does not look at the trash, as SQL about a bin called `b`. */
export function allowedBins(accountId: string): Prisma.Sql {
  return Prisma.sql`(b."visibility" = 'LOCATION' OR b."createdById" = ${accountId})`;
}

/** Whether somebody may see a bin called `b`, in the trash or not: they belong to its location, and it is not another's own. */
export function seenBy(accountId: string): Prisma.Sql {
  return Prisma.sql`${allowedBins(accountId)} AND EXISTS (
    SELECT 1 FROM "Membership" m WHERE m."locationId" = b."locationId" AND m."accountId" = ${accountId})`;
}
