import { DomainError } from '../../../errors/domainError.ts';
import type { Account } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { lockAccount } from '../../core/lockAccount.ts';
import { newId } from '../../core/newId.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { withProof } from '../account/proveEmail.ts';
import { assertNotReserved } from '../account/reservedAddress.ts';
import { nameOrSignIn } from '../account/rules.ts';
import { redeemInvitation } from '../invitation/redeem.ts';
import type { GoogleIdentity } from './googleTokens.ts';

const provider = 'GOOGLE';

/**
 * Links the identity to the account that has its address, which Google has proven to be the
 * caller's. If it was not proven before, this is its first proof (see `withProof`).
 */
function link(context: GraphContext, id: string, { subject, email }: GoogleIdentity): Promise<Account> {
  return withProof(context, id, async (tx, { prove }) => {
    const locked = await lockAccount(tx, id);
    if (!locked.active) throw new DomainError('ACCOUNT_INACTIVE');
    // Before the look at what is linked: a first proof unlinks what was linked before.
    const account = await prove(locked, 'GOOGLE');
    // The address has changed hands at Google: the new holder is not the person who linked the old identity.
    const other = await tx.linkedIdentity.findUnique({
      where: { accountId_provider: { accountId: id, provider } },
    });
    if (other && other.subject !== subject) throw new DomainError('IDENTITY_CONFLICT');
    if (!other)
      await tx.linkedIdentity.create({ data: { id: newId(), accountId: id, provider, subject, email } });
    return account;
  });
}

/** A new account; its address needs no other proof. Throws what `register` throws when registration is closed. */
async function signUp(
  { db, services }: GraphContext,
  identity: GoogleIdentity,
  invitationCode?: string | null,
) {
  const { registrationMode } = services.config;
  if (registrationMode === 'closed') throw new DomainError('REGISTRATION_CLOSED');
  const { subject, email } = identity;
  const now = new Date();
  return db.$transaction(async (tx) => {
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
    return account;
  });
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
  const existing = await context.db.account.findUnique({ where: { email }, select: { id: true } });
  return existing ? link(context, existing.id, identity) : signUp(context, identity, invitationCode);
}

/** True when the account came or went between the look and the write. */
function lostRace(error: unknown): boolean {
  return isUniqueViolation(error) || (error instanceof DomainError && error.code === 'CREDENTIAL_INVALID');
}

/**
 * The account of a Google identity: the linked one, else the one with its address, else a new one.
 * Throws ACCOUNT_INACTIVE, IDENTITY_CONFLICT, EMAIL_TAKEN, REGISTRATION_CLOSED, INVITATION_INVALID.
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
  if (!account.active) throw new DomainError('ACCOUNT_INACTIVE');
  return account;
}
