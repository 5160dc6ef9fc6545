import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import type { OthersMembership } from '../../core/lifecycle.ts';
import type { Services } from '../../core/services.ts';
import { revokeKeys } from '../apiKey/revokeKeys.ts';
import { unlinkIdentities } from '../federated/unlinkIdentities.ts';
import type { SecurityLog } from '../security/events.ts';

/** How somebody shows that they read the mail of an address. */
export type ProofKind = 'LINK' | 'CODE' | 'RESET' | 'GOOGLE';

/** After these the owner signs in without the password of an earlier registrant. */
const endsPassword: ReadonlySet<ProofKind> = new Set(['RESET', 'GOOGLE']);
const maxToReview = 1000;

/** Queues the mail that asks the owner to look through those who stay. */
async function askForReview(
  tx: Prisma.TransactionClient,
  security: SecurityLog,
  { id: accountId, email }: Account,
  toReview: readonly OthersMembership[],
): Promise<void> {
  if (toReview.length === 0) return;
  const members = toReview.slice(0, maxToReview).map((member) => ({ ...member }));
  await security.notify(tx, { kind: 'members_to_review', accountId, email, data: { members } });
}

/**
 * Ends what an earlier registrant of an account may have set up: sessions, keys, linked identities, invitations, and
 * what the wings declare in their hook `firstProof`. Runs under the locks of `lockBeforeAccount` and of the account.
 */
export async function endBeforeProof(
  tx: Prisma.TransactionClient,
  { lifecycle }: Services,
  security: SecurityLog,
  account: Account,
  by: ProofKind,
): Promise<{ ended: Record<string, number>; changed: readonly string[] }> {
  const accountId = account.id;
  const reason = { reason: 'address_proven' };
  const keys = await revokeKeys(tx, security, account, 'all', 'FIRST_PROOF');
  const identities = await unlinkIdentities(tx, security, account, { where: {}, details: reason });
  const sessions = await tx.session.updateMany({
    where: { accountId, endedAt: null },
    data: { endedAt: new Date() },
  });
  if (sessions.count > 0) await security.record(tx, { name: 'sessions_ended', account, details: reason });
  const invitations = await tx.invitation.deleteMany({ where: { createdById: accountId, usedAt: null } });
  // One that an administrator of a location was shown, and the way to delete an account that nobody has proven.
  await tx.oneTimeSecret.deleteMany({
    where: { accountId, purpose: { in: ['MEMBER_PASSWORD_RESET', 'DISOWN_ACCOUNT'] } },
  });
  if (endsPassword.has(by) && account.passwordHash !== null) {
    await tx.account.update({ where: { id: accountId }, data: { passwordHash: null }, select: { id: true } });
    await security.record(tx, { name: 'password_changed', account, details: { ...reason, removed: true } });
  }
  const wings = await lifecycle.firstProof(tx, accountId);
  await askForReview(tx, security, account, wings.toReview ?? []);
  const own = { keys, identities, sessions: sessions.count, invitations: invitations.count };
  return { ended: { ...own, ...wings.ended }, changed: wings.changed ?? [] };
}
