import { Prisma } from '../../../generated/sqlite/client.ts';
import { sqlOf, type Transaction } from '../../../platform/database/sql.ts';

/** Notes that what is in bins has changed, each once; call it for bins that were looked at under the location's lock. */
export async function touchBins(tx: Transaction, ids: Iterable<string>): Promise<void> {
  const bins = [...new Set(ids)];
  if (bins.length === 0) return;
  await sqlOf(tx).run(Prisma.sql`
    UPDATE "Bin" SET "updatedAt" = ${new Date()} WHERE "id" IN (${Prisma.join(bins)})`);
}
