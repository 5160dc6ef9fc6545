import type { Prisma } from '../../../generated/sqlite/client.ts';

/** Ends every session of an account at once; call `credentials.forget` after the commit. */
export async function endAllSessions(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  await tx.account.update({
    where: { id: accountId },
    data: { tokenVersion: { increment: 1 } },
    select: { id: true },
  });
  await tx.session.updateMany({ where: { accountId, endedAt: null }, data: { endedAt: new Date() } });
}
