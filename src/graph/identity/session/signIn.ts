import type { ErrorCode } from '../../../errors/catalogue.ts';
import { DomainError, toDomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import type { Account } from '../../../generated/sqlite/client.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { isProven } from '../../core/callerRules.ts';
import type { GraphContext } from '../../core/context.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { normaliseAddress } from '../../core/text/addresses.ts';
import { accountByAddress } from '../account/accountByAddress.ts';
import { hashPassword, verifyPassword } from '../account/passwords.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { userNameKeyOf } from '../account/userName.ts';
import { recordFailedAttempt } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { startSession } from './startSession.ts';
import { newSessionPayload, SessionKindEnum } from './types.ts';

const inputFields = inputFieldsOf((t) => ({
  email: t.string({ description: 'The address of the account.' }),
  userNameOrEmail: t.string({
    description: 'The user name or the address of the account, instead of `email`.',
  }),
  password: t.string({ required: true, description: 'The password of the account.' }),
  session: t.field({
    type: SessionKindEnum,
    required: true,
    defaultValue: 'REFRESHABLE',
    description: 'REFRESHABLE: 15 minutes and a refresh token. LONG_LIVED: 7 days and none.',
  }),
}));

/** Takes the password of a known account again under today's parameters. */
function rehashLater({ db, services }: GraphContext, account: Account, password: string): void {
  if (!account.passwordHash || !services.hasher.needsRehash(account.passwordHash)) return;
  services.background.run('rehash a password', async () => {
    const passwordHash = await hashPassword(services, password);
    await db.account.updateMany({
      where: { id: account.id, passwordHash: account.passwordHash },
      data: { passwordHash },
    });
  });
}

/** What somebody signs in with, and under which of the two fields it came. */
function checkName(issues: Issues, { email, userNameOrEmail }: InputOf<typeof inputFields>) {
  const field = userNameOrEmail == null ? 'email' : 'userNameOrEmail';
  const typed = (field === 'email' ? email : userNameOrEmail) ?? '';
  const name = normaliseAddress(typed);
  if (name === '') issues.add(field, 'required', 'is required');
  const mayBeUserName = field === 'userNameOrEmail' && !name.includes('@');
  return { name, typed, userNameKey: mayBeUserName ? userNameKeyOf(name) : null };
}

/** For an owner whose password was right. A session of an unproven account is of no use at some APIs. */
function assertMaySignIn({ request }: GraphContext, account: Account): void {
  const { active, deletionScheduledAt } = account;
  if (!active) throw new DomainError('ACCOUNT_INACTIVE');
  if (deletionScheduledAt) {
    // Past its day it is as good as deleted; the job only has not come by yet.
    if (deletionScheduledAt.getTime() <= Date.now()) throw new DomainError('SIGN_IN_FAILED');
    throw new DomainError('ACCOUNT_DELETION_PENDING', {
      data: { scheduledAt: deletionScheduledAt.toISOString() },
    });
  }
  if (request.requiresProvenAddress && !isProven(account)) throw new DomainError('EMAIL_NOT_VERIFIED');
}

/**
 * The account of somebody who knows its password. Every endpoint signs in through here.
 * Throws SIGN_IN_FAILED (unknown, without password and wrong are one), RATE_LIMITED, OVERLOADED,
 * and, only once the password was right, ACCOUNT_DELETION_PENDING, ACCOUNT_INACTIVE and, at an API that asks for a
 * proven address, EMAIL_NOT_VERIFIED.
 */
async function provePassword(
  context: GraphContext,
  { name, typed, userNameKey }: ReturnType<typeof checkName>,
  password: string,
): Promise<Account> {
  const { db, services, request } = context;
  const account = await (userNameKey === null
    ? accountByAddress(db, typed)
    : db.account.findUnique({ where: { userNameKey } }));
  // By the account, so that guesses by user name and by address are one count.
  const giveBack = await identityServices({ services }).signInGuard.begin(
    account?.id ?? name,
    request.address,
  );
  const failed = (reason: ErrorCode) =>
    recordFailedAttempt(context, { name: 'signed_in', account, details: { method: 'PASSWORD', reason } });
  if (!(await verifyPassword(services, account?.passwordHash ?? null, password)) || !account) {
    failed('SIGN_IN_FAILED');
    throw new DomainError('SIGN_IN_FAILED');
  }
  await giveBack();
  try {
    assertMaySignIn(context, account);
  } catch (error) {
    failed(toDomainError(error).code);
    throw error;
  }
  rehashLater(context, account, password);
  return account;
}

/** The account as the wings leave it for its owner (`AccountLifecycle.signedIn`). */
async function complete({ db, services }: GraphContext, account: Account): Promise<Account> {
  const changed = await services.lifecycle.signedIn(db, account);
  // The account's other sessions and keys are to know it at once.
  if (changed) await services.credentials.forget(account.id);
  return changed ?? account;
}

builder.relayMutationField(
  'signIn',
  { description: 'Who signs in.', inputFields },
  {
    access: everyone,
    description:
      'Opens a session with the password and the e-mail address or user name. An account whose address was never proven signs in as well; tunnels, VPN and most keys are closed to it until then. One without an active location gets one of its locations.',
    resolve: async (_root, { input }, context) => {
      const issues = new Issues();
      const who = checkName(issues, input);
      if (input.password === '') issues.add('password', 'required', 'is required');
      issues.throwIfAny();
      const proven = await provePassword(context, who, input.password);
      const account = await complete(context, proven);
      return {
        ...(await startSession(context, account, input.session, 'PASSWORD')),
        account: snapshotOf(account),
      };
    },
  },
  newSessionPayload,
);
