import type { Prisma } from '../../../generated/sqlite/client.ts';

/** What the activity feed says instead of the address of a person whose account is deleted. */
export const deletedPerson = 'Deleted person';

/** Removes the addresses of an account that is being erased from the activity feeds: what happened stays. */
export async function forgetInActivities(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  await tx.activity.updateMany({ where: { accountId }, data: { userName: deletedPerson } });
  await tx.activity.updateMany({
    where: { entityType: 'member', entityId: accountId },
    data: { entityName: deletedPerson },
  });
}
