import { randomBytes } from 'node:crypto';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import type { GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { withdrawProofs } from '../secret/withdrawProofs.ts';
import type { SecurityLog } from '../security/events.ts';
import type { Verification } from './mails.ts';
import { assertNotReserved } from './reservedAddress.ts';
import { issueVerification } from './verification.ts';

/** For how long the owner of the old address can undo a change. */
export const undoLifeMs = 7 * 24 * 3600_000;

/** Keeps the way back to an address that was proven, and queues the mail to it. */
async function keepWayBack(
  tx: Prisma.TransactionClient,
  security: SecurityLog,
  before: Account,
  toEmail: string,
): Promise<void> {
  const { id: accountId, email, emailVerifiedAt } = before;
  if (!emailVerifiedAt) return;
  const now = new Date();
  const { id: changeId } = await tx.addressChange.create({
    data: {
      id: newId(),
      accountId,
      fromEmail: email,
      fromVerifiedAt: emailVerifiedAt,
      toEmail,
      // The token is made when the mail is sent; until then no text has this hash.
      undoHash: sha256Hex(randomBytes(32).toString('hex')),
      createdAt: now,
      expiresAt: new Date(now.getTime() + undoLifeMs),
    },
    select: { id: true },
  });
  await security.notify(tx, { kind: 'address_changed', accountId, email, data: { toEmail, changeId } });
}

/**
 * Gives a locked account another address, which is not proven yet. The old one, if it was proven, gets a mail with which
 * its owner can undo the change. Returns what is to be mailed to the new one.
 */
export async function changeAddress(
  tx: Prisma.TransactionClient,
  context: GraphContext,
  security: SecurityLog,
  before: Account,
  data: Prisma.AccountUpdateInput & { readonly email: string },
): Promise<[Account, Verification]> {
  const { id: accountId } = before;
  await withdrawProofs(tx, accountId);
  const account = await tx.account.update({
    where: { id: accountId },
    data: { ...data, emailVerifiedAt: null },
  });
  await assertNotReserved(tx, account);
  await keepWayBack(tx, security, before, account.email);
  await security.record(tx, {
    name: 'address_changed',
    account: before,
    details: { from: before.email, to: account.email },
  });
  await context.services.lifecycle.addressChanged(tx, {
    accountId,
    before: before.email,
    after: account.email,
  });
  return [account, await issueVerification(context, tx, account, 'LINK')];
}
