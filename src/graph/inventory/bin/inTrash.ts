import type { GraphContext } from '../../core/context.ts';
import { type BinAccess, lockBin } from './access.ts';

/**
 * Puts a live bin into the trash, or takes one out. Throws NOT_FOUND when somebody else was faster.
 * In SQL because Prisma would change `updatedAt`, and the bin comes back as it was.
 */
export async function setInTrash({ db }: GraphContext, access: BinAccess, inTrash: boolean): Promise<void> {
  await db.$transaction(async (tx) => {
    const { id } = await lockBin(tx, access);
    await tx.$executeRaw`UPDATE "Bin" SET "deletedAt" = ${inTrash ? new Date() : null} WHERE "id" = ${id}`;
  });
}
