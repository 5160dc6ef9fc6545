import type { Prisma } from '../../../generated/sqlite/client.ts';

/**
 * The other accounts whose keys are bound to an account's organization: those keys go with it, so
 * what is cached of them must be forgotten once the account was deleted.
 */
export async function boundKeyHolders(tx: Prisma.TransactionClient, ownerId: string): Promise<string[]> {
  // In its turn: a key that is being bound to it at this moment is found, or finds it gone.
  await tx.$executeRaw`
    UPDATE "Organization" SET "lockSequence" = "lockSequence" + 1 WHERE "ownerId" = ${ownerId}`;
  const keys = await tx.apiKey.findMany({
    where: { organization: { ownerId }, accountId: { not: ownerId } },
    select: { accountId: true },
    distinct: ['accountId'],
  });
  return keys.map(({ accountId }) => accountId);
}
