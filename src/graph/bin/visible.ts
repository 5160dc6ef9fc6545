import type { Prisma } from '../../generated/sqlite/client.ts';

/** The bins that somebody may know of: those that are not in the trash, without other people's private ones. */
export function visibleBins(accountId: string): Prisma.BinWhereInput {
  return { deletedAt: null, OR: [{ visibility: 'LOCATION' }, { createdById: accountId }] };
}
