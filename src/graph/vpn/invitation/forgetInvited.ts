import type { Prisma } from '../../../generated/sqlite/client.ts';

/** Deletes what is offered to the address of an account that is being erased, unless another account has the address by now. */
export async function forgetInvited(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  const account = await tx.account.findUnique({
    where: { id: accountId },
    select: { email: true, releasedEmail: true },
  });
  const email = account?.releasedEmail ?? account?.email;
  if (email === undefined) return;
  if ((await tx.account.count({ where: { email, id: { not: accountId } } })) > 0) return;
  await tx.organizationInvitation.deleteMany({ where: { email } });
}
