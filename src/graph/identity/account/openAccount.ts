import { DomainError, notFound } from '../../../errors/domainError.ts';
import { Issues, invalid } from '../../../errors/issues.ts';
import type { Account } from '../../../generated/sqlite/client.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { newId } from '../../core/newId.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { isInvitationUsable, redeemInvitation } from '../invitation/redeem.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { startSession } from '../session/startSession.ts';
import { newSessionPayload } from '../session/types.ts';
import { accountByAddress } from './accountByAddress.ts';
import { checkDisplayName, checkHouseholdEmail } from './householdRules.ts';
import { sendVerificationLink, type Verification } from './mails.ts';
import { checkNewPassword } from './passwordRule.ts';
import { hashPassword } from './passwords.ts';
import { assertNotReserved } from './reservedAddress.ts';
import { snapshotOf } from './snapshot.ts';
import { issueVerification } from './verification.ts';

const inputFields = inputFieldsOf((t) => ({
  email: t.string({ description: 'Trimmed and lower-cased before use; no plus sign before the @.' }),
  password: t.string({ description: 'By the password rule MIXED.' }),
  displayName: t.string({ description: '1 to 100 characters.' }),
  inviteCode: t.string({
    description: 'Of a location to join. Needed while registration is by invitation.',
  }),
}));
type Input = InputOf<typeof inputFields>;

/**
 * Whether a code leads into a wing: not without a code, nor with one that only invites to the server.
 * Throws INVALID_INPUT when a code is needed, NOT_FOUND for one that leads nowhere.
 */
async function leadsIntoWing({ db, services }: GraphContext, code: string): Promise<boolean> {
  const byInvitation = services.config.registrationMode === 'invite';
  if (code === '') {
    if (byInvitation) throw invalid('inviteCode', 'required', 'is required');
    return false;
  }
  const joins = await services.lifecycle.isInvited(db, code);
  if (!joins && !(byInvitation && (await isInvitationUsable(db, code)))) throw notFound('Invitation');
  return joins;
}

async function check(context: GraphContext, input: Input) {
  const issues = new Issues();
  const email = checkHouseholdEmail(issues, 'email', input.email);
  const password = await checkNewPassword(context, issues, 'password', input.password, 'MIXED');
  const name = checkDisplayName(issues, 'displayName', input.displayName);
  issues.throwIfAny();
  return { email, password, name };
}

/** Throws EMAIL_PENDING_DELETION or EMAIL_TAKEN. */
async function assertFree({ db }: GraphContext, email: string): Promise<void> {
  const found = await accountByAddress(db, email);
  if (!found) return;
  const scheduledAt = found.deletionScheduledAt;
  if (!scheduledAt || scheduledAt.getTime() <= Date.now()) throw new DomainError('EMAIL_TAKEN');
  throw new DomainError('EMAIL_PENDING_DELETION', { data: { scheduledAt: scheduledAt.toISOString() } });
}

async function create(context: GraphContext, input: Input): Promise<[Account, Verification]> {
  const { db, services } = context;
  const code = (input.inviteCode ?? '').trim();
  const joins = await leadsIntoWing(context, code);
  const { email, password, name } = await check(context, input);
  await assertFree(context, email);
  const passwordHash = await hashPassword(services, password);
  const security = securityLog(context);
  try {
    const created: [Account, Verification] = await db.$transaction(async (tx) => {
      const start = joins ? await services.lifecycle.invited(tx, code) : {};
      if (!joins) await redeemInvitation(tx, services.config.registrationMode, code);
      const account = await tx.account.create({
        data: { ...start, id: newId(), email, passwordHash, name, origin: 'HOUSEHOLD' },
      });
      await assertNotReserved(tx, account);
      await security.record(tx, {
        name: 'account_created',
        account,
        actor: account,
        details: { method: 'PASSWORD' },
      });
      if (start.activeLocationId) {
        const target = { type: 'location', id: start.activeLocationId, name: null };
        await security.record(tx, { name: 'member_joined', account, actor: account, target });
      }
      return [account, await issueVerification(context, tx, account, 'LINK')];
    });
    security.committed();
    return created;
  } catch (error) {
    throw isUniqueViolation(error) ? new DomainError('EMAIL_TAKEN', { cause: error }) : error;
  }
}

builder.relayMutationField(
  'openAccount',
  { description: 'A new account for somebody who keeps a household here.', inputFields },
  {
    access: everyone,
    description:
      'Makes an account by the rules of household clients and signs it in; a link that proves the address is mailed, and using it ends what was signed in before. Throws EMAIL_TAKEN, EMAIL_PENDING_DELETION, NOT_FOUND, REGISTRATION_CLOSED or INVITATION_INVALID.',
    resolve: async (_root, { input }, context) => {
      const { services, request } = context;
      if (services.config.registrationMode === 'closed') throw new DomainError('REGISTRATION_CLOSED');
      await identityServices({ services }).countAnonymousWork(request.address);
      const [account, verification] = await create(context, input);
      sendVerificationLink(context, account.email, verification);
      return {
        ...(await startSession(context, account, 'REFRESHABLE', 'REGISTRATION')),
        account: snapshotOf(account),
      };
    },
  },
  newSessionPayload,
);
