import { DomainError } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';

/**
 * Makes transactions that count and then write for one organization take turns; see `lockAccount`.
 * In SQL, because Prisma would also set `updatedAt`, which is shown. Throws NOT_FOUND when it is gone.
 */
export async function lockOrganization(tx: Prisma.TransactionClient, id: number): Promise<void> {
  const count = await tx.$executeRaw`
    UPDATE "Organization" SET "lockSequence" = "lockSequence" + 1 WHERE "id" = ${id}`;
  if (count === 0) throw new DomainError('NOT_FOUND');
}
