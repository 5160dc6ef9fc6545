import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import { userNameKeyOf } from '../account/userName.ts';
import { revokeKeys } from '../apiKey/revokeKeys.ts';
import type { SecurityLog } from '../security/events.ts';

/** An address of an account whose own one was released: no sign-in, form or mail can name it. */
const placeholderOf = (id: string) => `deleted:${id}`;

/** Sets an identity of a released account apart, so that the same person can sign up with it again. */
const releasedSubject = (id: string, subject: string) => `deleted:${id}:${subject}`;

/** The subject of an identity that was set apart, as the provider knows it. */
const subjectOf = (id: string, subject: string) => subject.slice(releasedSubject(id, '').length);

/**
 * Releases the address, the user name and the identities of an account that waits for its deletion, so that the person
 * can register again, and revokes its keys. Links that were mailed before stop working, apart from the way back to a
 * former address: whoever changed it may also have asked for the deletion.
 */
export async function releaseAccount(
  tx: Prisma.TransactionClient,
  security: SecurityLog,
  account: Account,
): Promise<void> {
  const { id, email, userName } = account;
  await tx.account.update({
    where: { id },
    data: {
      email: placeholderOf(id),
      releasedEmail: email,
      userName: null,
      userNameKey: null,
      releasedUserName: userName,
    },
    select: { id: true },
  });
  await revokeKeys(tx, security, account, 'all', 'DELETION');
  await tx.oneTimeSecret.deleteMany({ where: { accountId: id } });
  for (const { id: identityId, subject } of await tx.linkedIdentity.findMany({ where: { accountId: id } })) {
    await tx.linkedIdentity.update({
      where: { id: identityId },
      data: { subject: releasedSubject(id, subject) },
      select: { id: true },
    });
  }
}

/**
 * Gives a restored account what {@link releaseAccount} took, as far as it is free; the caller has made sure of the
 * address. A user name or an identity that another account has by now stays with that one.
 */
export async function reclaimReleased(
  tx: Prisma.TransactionClient,
  { id, releasedEmail, releasedUserName }: Account,
): Promise<void> {
  if (releasedEmail === null) return;
  const userNameKey = releasedUserName === null ? null : userNameKeyOf(releasedUserName);
  const isTaken = userNameKey !== null && (await tx.account.count({ where: { userNameKey } })) > 0;
  await tx.account.update({
    where: { id },
    data: {
      email: releasedEmail,
      releasedEmail: null,
      releasedUserName: null,
      ...(!isTaken && { userName: releasedUserName, userNameKey }),
    },
    select: { id: true },
  });
  for (const identity of await tx.linkedIdentity.findMany({ where: { accountId: id } })) {
    const { provider } = identity;
    const subject = subjectOf(id, identity.subject);
    if ((await tx.linkedIdentity.count({ where: { provider, subject } })) > 0) {
      await tx.linkedIdentity.delete({ where: { id: identity.id }, select: { id: true } });
    } else {
      await tx.linkedIdentity.update({ where: { id: identity.id }, data: { subject }, select: { id: true } });
    }
  }
}
