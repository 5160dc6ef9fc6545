import { DomainError } from '../../../errors/domainError.ts';
import type { Account } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { lockAccount } from '../../core/lockAccount.ts';
import { newId } from '../../core/newId.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { accountByAddress } from '../account/accountByAddress.ts';
import { withProof } from '../account/proveEmail.ts';
import { assertNotReserved } from '../account/reservedAddress.ts';
import { nameOrSignIn } from '../account/rules.ts';
import { redeemInvitation } from '../invitation/redeem.ts';
import { securityLog } from '../security/events.ts';
import type { GoogleIdentity } from './googleTokens.ts';
import { writeIdentity } from './writeIdentity.ts';

const provider = 'GOOGLE';

/** Throws what `signIn` throws once its password was right. */
function assertOpen({ active, deletionScheduledAt }: Account): void {
  if (!active) throw new DomainError('ACCOUNT_INACTIVE');
  if (deletionScheduledAt)
    throw new DomainError('ACCOUNT_DELETION_PENDING', {
      data: { scheduledAt: deletionScheduledAt.toISOString() },
    });
}

/** Whether an identity may be linked without the password of the account that has its address. */
function assertMayLink({ services: { config } }: GraphContext, account: Account, identity: GoogleIdentity) {
  if (!config.isGoogleLinkStrict || identity.isAuthoritative || account.passwordHash === null) return;
  throw new DomainError('IDENTITY_NEEDS_PASSWORD');
}

/**
 * Links the identity to the account that has its address, which Google has proven to be the
 * caller's. If it was not proven before, this is its first proof (see `withProof`).
 */
function link(context: GraphContext, id: string, identity: GoogleIdentity): Promise<Account> {
  return withProof(context, id, async (tx, { security, prove }) => {
    const locked = await lockAccount(tx, id);
    // Its deletion released the address since it was looked up: the next look finds another account or none.
    if (locked.releasedEmail !== null) throw new DomainError('CREDENTIAL_INVALID');
    assertOpen(locked);
    assertMayLink(context, locked, identity);
    // Before the look at what is linked: a first proof unlinks what was linked before.
    const account = await prove(locked, 'GOOGLE');
    await writeIdentity(tx, account, identity, security);
    return account;
  });
}

/** A new account; its address needs no other proof. Throws what `register` throws when registration is closed. */
async function signUp(context: GraphContext, identity: GoogleIdentity, invitationCode?: string | null) {
  const { db, services } = context;
  const security = securityLog(context);
  const { registrationMode } = services.config;
  if (registrationMode === 'closed') throw new DomainError('REGISTRATION_CLOSED');
  const { subject, email } = identity;
  const now = new Date();
  const created = await db.$transaction(async (tx) => {
    await redeemInvitation(tx, registrationMode, invitationCode);
    const account = await tx.account.create({
      data: {
        id: newId(),
        email,
        emailVerifiedAt: now,
        firstProvenAt: now,
        name: nameOrSignIn(identity.name, email),
      },
    });
    await assertNotReserved(tx, account);
    await tx.linkedIdentity.create({
      data: { id: newId(), accountId: account.id, provider, subject, email },
    });
    const details = { method: provider };
    await security.record(tx, { name: 'account_created', account, actor: account, details });
    return account;
  });
  security.committed();
  return created;
}

async function find(
  context: GraphContext,
  identity: GoogleIdentity,
  invitationCode?: string | null,
): Promise<Account> {
  const { subject, email } = identity;
  const linked = await context.db.linkedIdentity.findUnique({
    where: { provider_subject: { provider, subject } },
    include: { account: true },
  });
  if (linked) return linked.account;
  const existing = await accountByAddress(context.db, email);
  return existing ? link(context, existing.id, identity) : signUp(context, identity, invitationCode);
}

/** True when the account came or went between the look and the write. */
function lostRace(error: unknown): boolean {
  return isUniqueViolation(error) || (error instanceof DomainError && error.code === 'CREDENTIAL_INVALID');
}

/**
 * The account of a Google identity: the linked one, else the one with its address, else a new one.
 * Throws ACCOUNT_INACTIVE, ACCOUNT_DELETION_PENDING, EMAIL_TAKEN, IDENTITY_CONFLICT, IDENTITY_NEEDS_PASSWORD,
 * REGISTRATION_CLOSED, INVITATION_INVALID.
 */
export async function googleAccount(
  context: GraphContext,
  identity: GoogleIdentity,
  invitationCode?: string | null,
): Promise<Account> {
  const account = await find(context, identity, invitationCode).catch((error: unknown) => {
    if (!lostRace(error)) throw error;
    return find(context, identity, invitationCode);
  });
  assertOpen(account);
  return account;
}
