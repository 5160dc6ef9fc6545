import { DomainError } from '../../errors/domainError.ts';
import type { GraphContext } from '../context.ts';
import { type BinAccess, lockBin } from './access.ts';

/**
 * Puts a live bin into the trash, or takes one out. `updatedAt` stays, because the bin comes back as
 * it was. Throws NOT_FOUND when somebody else was faster.
 */
export async function setInTrash({ db }: GraphContext, access: BinAccess, inTrash: boolean): Promise<void> {
  const { id, locationId } = access.bin;
  await db.$transaction(async (tx) => {
    await lockBin(tx, access);
    const found = await tx.bin.findFirst({
      where: { id, locationId, deletedAt: inTrash ? null : { not: null } },
      select: { updatedAt: true },
    });
    if (!found) throw new DomainError('NOT_FOUND');
    await tx.bin.update({
      where: { id },
      data: { deletedAt: inTrash ? new Date() : null, updatedAt: found.updatedAt },
      select: { id: true },
    });
  });
}
