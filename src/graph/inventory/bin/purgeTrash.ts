import { Prisma, type PrismaClient } from '../../../generated/sqlite/client.ts';
import type { Services } from '../../core/services.ts';
import { lockLocation } from '../location/roles.ts';
import { keepPrivate } from '../shopping/rows.ts';

const dayMs = 24 * 3600_000;

/** The moment before which a bin must have been thrown away to be gone for good (OpenBin 10.9). */
export function endOfRetention({ trashRetentionDays }: { readonly trashRetentionDays: number }): Date {
  return new Date(Date.now() - trashRetentionDays * dayMs);
}

async function purge(db: PrismaClient, locationId: string, before: Date): Promise<void> {
  const expired = { locationId, deletedAt: { lt: before } };
  // Mostly there is nothing to do, and then nobody shall wait for the lock.
  if (!(await db.bin.findFirst({ where: expired, select: { id: true } }))) return;
  await db.$transaction(async (tx) => {
    await lockLocation(tx, locationId);
    // The condition once more, under the lock: what was restored meanwhile stays.
    await keepPrivate(tx, Prisma.sql`b."locationId" = ${locationId} AND b."deletedAt" < ${before}`);
    await tx.bin.deleteMany({ where: expired });
  });
}

/** Deletes what has lain in a location's trash since before a moment, after the answer. */
export function purgeTrashLater({ background, database }: Services, locationId: string, before: Date): void {
  background.run('purge the trash', () => purge(database.db, locationId, before));
}
