import { DomainError } from '../../errors/domainError.ts';
import type { Prisma } from '../../generated/sqlite/client.ts';
import type { BinHead } from '../bin/access.ts';

type Tx = Prisma.TransactionClient;

/**
 * Notes that what is in a bin has changed; call it under the location's lock.
 * Throws NOT_FOUND when the bin was thrown away or moved meanwhile.
 */
export async function touchBin(
  tx: Tx,
  { id, locationId }: Pick<BinHead, 'id' | 'locationId'>,
): Promise<void> {
  const { count } = await tx.bin.updateMany({
    where: { id, locationId, deletedAt: null },
    data: { updatedAt: new Date() },
  });
  if (count !== 1) throw new DomainError('NOT_FOUND');
}

/** The same for bins that were just read under the lock, each once. */
export async function touchBins(tx: Tx, ids: Iterable<string>): Promise<void> {
  await tx.bin.updateMany({ where: { id: { in: [...new Set(ids)] } }, data: { updatedAt: new Date() } });
}
