import { DomainError } from '../../../errors/domainError.ts';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import { newId } from '../../core/newId.ts';
import type { SecurityLog } from '../security/events.ts';
import type { GoogleIdentity } from './googleTokens.ts';

const provider = 'GOOGLE';

/**
 * Links a Google identity to an account that is locked, unless it is linked to it already; its owner is mailed a link
 * that undoes it. Throws IDENTITY_CONFLICT when another Google identity is linked to the account.
 */
export async function writeIdentity(
  tx: Prisma.TransactionClient,
  account: Account,
  { subject, email }: GoogleIdentity,
  security: SecurityLog,
): Promise<void> {
  const accountId = account.id;
  const other = await tx.linkedIdentity.findUnique({
    where: { accountId_provider: { accountId, provider } },
  });
  // The address has changed hands at Google: the new holder is not the person who linked the old identity.
  if (other && other.subject !== subject) throw new DomainError('IDENTITY_CONFLICT');
  if (other) return;
  const { id } = await tx.linkedIdentity.create({
    data: { id: newId(), accountId, provider, subject, email },
    select: { id: true },
  });
  const target = { type: 'identity', id, name: email };
  await security.record(tx, {
    name: 'identity_linked',
    account,
    actor: account,
    target,
    details: { provider },
  });
  const data = { provider: 'Google', email };
  await security.notify(tx, { kind: 'identity_linked', accountId, email: account.email, data });
}
