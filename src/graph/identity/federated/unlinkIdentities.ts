import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import type { SecurityLog } from '../security/events.ts';

/** Which identities are to go, and what their events tell of it. */
interface Unlinking {
  readonly where: Prisma.LinkedIdentityWhereInput;
  readonly details: Prisma.InputJsonObject;
}

/** Unlinks identities of an account, and records each. Returns how many. */
export async function unlinkIdentities(
  tx: Prisma.TransactionClient,
  security: SecurityLog,
  account: Account,
  { where, details }: Unlinking,
): Promise<number> {
  const linked = await tx.linkedIdentity.findMany({ where: { ...where, accountId: account.id } });
  await tx.linkedIdentity.deleteMany({ where: { id: { in: linked.map(({ id }) => id) } } });
  for (const { provider, email } of linked) {
    await security.record(tx, {
      name: 'identity_unlinked',
      account,
      details: { ...details, provider, email },
    });
  }
  return linked.length;
}
