import { DomainError } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';

/**
 * Throws EMAIL_TAKEN while another account can still undo its change from this address. Call it in the transaction,
 * after the address was written: writing it waits for a change away from it that is not committed yet.
 */
export async function assertNotReserved(
  tx: Prisma.TransactionClient,
  { id, email }: { readonly id: string; readonly email: string },
): Promise<void> {
  const reserved = await tx.addressChange.count({
    where: { fromEmail: email, accountId: { not: id }, undoneAt: null, expiresAt: { gt: new Date() } },
  });
  if (reserved > 0) throw new DomainError('EMAIL_TAKEN');
}
