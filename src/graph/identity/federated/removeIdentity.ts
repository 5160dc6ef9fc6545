import type { Account, LinkedIdentity, Prisma } from '../../../generated/sqlite/client.ts';
import type { SecurityLog } from '../security/events.ts';

/** How providers are called in mails. */
const names = { GOOGLE: 'Google' } as const;

/** Unlinks an identity from its account, which is locked; the link that undoes the linking ends with it. */
export async function removeIdentity(
  tx: Prisma.TransactionClient,
  account: Account,
  { id, provider, email }: LinkedIdentity,
  security: SecurityLog,
): Promise<void> {
  const accountId = account.id;
  await tx.linkedIdentity.deleteMany({ where: { id } });
  await tx.oneTimeSecret.deleteMany({ where: { accountId, purpose: 'UNLINK_IDENTITY', usedAt: null } });
  const target = { type: 'identity', id, name: email };
  await security.record(tx, { name: 'identity_unlinked', account, target, details: { provider } });
  const data = { provider: names[provider], email };
  await security.notify(tx, { kind: 'identity_unlinked', accountId, email: account.email, data });
}
