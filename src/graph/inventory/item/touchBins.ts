import type { Prisma } from '../../../generated/sqlite/client.ts';

/** Notes that what is in bins has changed, each once; call it for bins that were looked at under the location's lock. */
export async function touchBins(tx: Prisma.TransactionClient, ids: Iterable<string>): Promise<void> {
  await tx.bin.updateMany({ where: { id: { in: [...new Set(ids)] } }, data: { updatedAt: new Date() } });
}
