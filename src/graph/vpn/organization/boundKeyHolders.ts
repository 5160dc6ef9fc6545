import type { Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';

/**
 * The other accounts whose keys are bound to an account's organization: those keys go with it, so
 * what is cached of them must be forgotten once the account was deleted.
 */
export async function boundKeyHolders(
  db: PrismaClient | Prisma.TransactionClient,
  ownerId: string,
): Promise<string[]> {
  const keys = await db.apiKey.findMany({
    where: { organization: { ownerId }, accountId: { not: ownerId } },
    select: { accountId: true },
    distinct: ['accountId'],
  });
  return keys.map(({ accountId }) => accountId);
}
