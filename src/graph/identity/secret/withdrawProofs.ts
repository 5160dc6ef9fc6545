import type { Prisma } from '../../../generated/sqlite/client.ts';

/**
 * Deletes what was mailed to the present address of an account and would prove the next one, or set its password. What
 * only takes rights back, such as the way to end keys, stays with the owner of the mailbox.
 */
export async function withdrawProofs(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  await tx.oneTimeSecret.deleteMany({
    where: {
      accountId,
      purpose: {
        in: ['EMAIL_LINK', 'EMAIL_CODE', 'PASSWORD_RESET', 'MEMBER_PASSWORD_RESET', 'DISOWN_ACCOUNT'],
      },
    },
  });
}
