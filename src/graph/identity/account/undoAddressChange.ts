import { randomBytes } from 'node:crypto';
import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { Account, AddressChange, Prisma } from '../../../generated/sqlite/client.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { revokeKeys } from '../apiKey/revokeKeys.ts';
import { reclaimReleased } from '../deletion/releaseAccount.ts';
import { unlinkIdentities } from '../federated/unlinkIdentities.ts';
import { type SecurityLog, securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { endAllSessions } from '../session/endAllSessions.ts';
import { hashPassword } from './passwords.ts';

type Tx = Prisma.TransactionClient;

/** Uses the change up, in one statement. Throws SECRET_INVALID or SECRET_EXPIRED. */
async function use(tx: Tx, { id }: AddressChange): Promise<void> {
  const now = new Date();
  const { count } = await tx.addressChange.updateMany({
    where: { id, undoneAt: null, expiresAt: { gt: now } },
    data: { undoneAt: now },
  });
  if (count === 1) return;
  const unused = await tx.addressChange.count({ where: { id, undoneAt: null } });
  throw new DomainError(unused === 1 ? 'SECRET_EXPIRED' : 'SECRET_INVALID');
}

/**
 * Whether the password is not the one that the owner of the old address had: it was changed since, or removed with all
 * other ways to sign in.
 */
async function isPasswordForeign(tx: Tx, { id, passwordHash }: Account, since: Date): Promise<boolean> {
  const changes = await tx.securityEvent.count({
    where: {
      accountId: id,
      name: { in: ['password_changed', 'password_reset'] },
      outcome: 'SUCCEEDED',
      createdAt: { gte: since },
    },
  });
  if (changes > 0) return true;
  return passwordHash === null && (await tx.linkedIdentity.count({ where: { accountId: id } })) === 0;
}

/** Ends what was made or mailed since the change. */
async function endSince(tx: Tx, security: SecurityLog, account: Account, since: Date): Promise<void> {
  const { id: accountId } = account;
  const of = { where: { createdAt: { gte: since } }, details: { reason: 'address_change_undone' } };
  await tx.addressChange.updateMany({
    where: { accountId, undoneAt: null, createdAt: { gte: since } },
    data: { undoneAt: new Date() },
  });
  await tx.oneTimeSecret.deleteMany({ where: { accountId } });
  await revokeKeys(tx, security, account, of.where, 'ADDRESS_CHANGE_UNDONE');
  await unlinkIdentities(tx, security, account, of);
  await endAllSessions(tx, accountId);
}

/** The columns of the account as they were, and without a deletion that was asked for since. */
function columnsBefore(account: Account, change: AddressChange): Prisma.AccountUpdateInput {
  const isDeletionNewer = account.deletionRequestedAt && account.deletionRequestedAt >= change.createdAt;
  return {
    email: change.fromEmail,
    emailVerifiedAt: change.fromVerifiedAt,
    ...(isDeletionNewer && { deletionRequestedAt: null, deletionScheduledAt: null }),
  };
}

/** Undoes a change; returns whether the password was withdrawn. `unknownHash` is that of a password that has no owner. */
async function undo(
  tx: Tx,
  { services }: GraphContext,
  security: SecurityLog,
  change: AddressChange,
  unknownHash: string,
): Promise<boolean> {
  const { accountId, createdAt } = change;
  const account = await lockAccountIfThere(tx, accountId);
  if (!account) throw new DomainError('SECRET_INVALID');
  await use(tx, change);
  await endSince(tx, security, account, createdAt);
  const isPasswordWithdrawn = await isPasswordForeign(tx, account, createdAt);
  if (account.releasedEmail !== null) {
    await reclaimReleased(tx, { ...account, releasedEmail: change.fromEmail });
  }
  const restored = await tx.account.update({
    where: { id: accountId },
    // Not null: a mail for a new password goes only to accounts that have one.
    data: { ...columnsBefore(account, change), ...(isPasswordWithdrawn && { passwordHash: unknownHash }) },
  });
  if (account.deletionRequestedAt && !restored.deletionRequestedAt) {
    await services.lifecycle.suspended(tx, { accountId, suspended: false });
    await security.record(tx, { name: 'deletion_recovered', account: restored });
  }
  await services.lifecycle.addressChanged(tx, {
    accountId,
    before: account.releasedEmail ?? account.email,
    after: restored.email,
  });
  await security.record(tx, {
    name: 'address_change_undone',
    account: restored,
    details: { from: account.email, to: restored.email, isPasswordWithdrawn },
  });
  const data = { isPasswordWithdrawn };
  await security.notify(tx, { kind: 'address_change_undone', accountId, email: restored.email, data });
  return isPasswordWithdrawn;
}

builder.relayMutationField(
  'undoAddressChange',
  {
    description: 'Which change of an address is to be undone.',
    inputFields: (t) => ({
      token: t.string({ required: true, description: 'From the mail to the old address.' }),
    }),
  },
  {
    // The token is the proof: it was mailed to the old address.
    access: everyone,
    description:
      'Gives an account its old address back, proven as it was, and cancels later changes. Ends all sessions, and the keys and linked identities made since the change; a password that was changed since works no more. The token works once, for seven days after the change. Throws SECRET_INVALID or SECRET_EXPIRED.',
    resolve: async (_root, { input }, context) => {
      const { db, services, request } = context;
      const token = input.token.trim();
      if (token === '') throw invalid('token', 'required', 'is required');
      await identityServices(context).countAnonymousWork(request.address);
      const change = await db.addressChange.findUnique({ where: { undoHash: sha256Hex(token) } });
      if (!change || change.undoneAt) throw new DomainError('SECRET_INVALID');
      if (change.expiresAt.getTime() <= Date.now()) throw new DomainError('SECRET_EXPIRED');
      const unknownHash = await hashPassword(services, randomBytes(32).toString('base64url'));
      const security = securityLog(context);
      const isPasswordWithdrawn = await db.$transaction((tx) =>
        undo(tx, context, security, change, unknownHash),
      );
      await services.credentials.forget(change.accountId);
      security.committed();
      return { email: change.fromEmail, isPasswordWithdrawn };
    },
  },
  {
    description: 'What the account has again. This signs no one in.',
    outputFields: (t) => ({
      email: t.exposeString('email', { description: 'The address of the account.' }),
      isPasswordWithdrawn: t.exposeBoolean('isPasswordWithdrawn', {
        description: 'Whether the password was changed since and works no more: ask for a new one.',
      }),
    }),
  },
);
