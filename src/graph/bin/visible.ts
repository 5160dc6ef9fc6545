import { Prisma } from '../../generated/sqlite/client.ts';

/** The bins that somebody may know of: those that are not in the trash, without other people's private ones. */
export function visibleBins(accountId: string): Prisma.BinWhereInput {
  return { deletedAt: null, OR: [{ visibility: 'LOCATION' }, { createdById: accountId }] };
}

/** The part of it that does not look at the trash, as SQL about a bin called `b`. */
export function allowedBins(accountId: string): Prisma.Sql {
  return Prisma.sql`(b."visibility" = 'LOCATION' OR b."createdById" = ${accountId})`;
}
