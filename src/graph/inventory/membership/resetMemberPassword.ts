import { DomainError, notFound } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { isHeldAlone } from '../../identity/account/isHeldAlone.ts';
import { sendPasswordReset } from '../../identity/account/mails.ts';
import { issueReset } from '../../identity/secret/resetSecrets.ts';
import { securityLog } from '../../identity/security/events.ts';
import { identityServices } from '../../identity/services.ts';
import { requireRole } from '../location/roles.ts';
import { inventoryServices } from '../services.ts';
import { withAccount } from './members.ts';

/** When a mailbox may be written to again, by the hourly limit on such mails. */
const mailAgainSeconds = 3600;

builder.relayMutationField(
  'resetMemberPassword',
  {
    description: 'The member whose password to reset.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      accountId: t.id({ required: true, description: 'The account of the member.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Creates a token with which a member sets a new password. It is shown only for an account that was registered by `openAccount`, never had its address proven, belongs to your locations only and has nothing else; that is judged again when it is used. For any other it is mailed to the member. The member is mailed in either case. For administrators of the location. Throws FORBIDDEN for a member who administers the server, and RATE_LIMITED when too many were mailed.',
    resolve: async (_root, { input: { locationId, accountId } }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      const { db, services } = context;
      const member = await db.membership.findUnique({
        where: { locationId_accountId: { locationId, accountId } },
        include: {
          account: { select: { ...withAccount.account.select, administrator: true } },
          location: { select: { name: true } },
        },
      });
      if (!member) throw notFound('Member');
      if (accountId === caller.account.id) throw invalid('accountId', 'range', 'must be another member');
      // Whoever runs a location is not thereby trusted with the server.
      if (member.account.administrator && !caller.account.administrator) throw new DomainError('FORBIDDEN');
      const { email } = member.account;
      const mayBeShown =
        services.config.openbin.isSelfHosted &&
        (await isHeldAlone(services, db, caller.account.id, accountId));
      if (!mayBeShown && !(await identityServices({ services }).mailLimits.allow('memberReset', email))) {
        throw new DomainError('RATE_LIMITED', { retryAfterSeconds: mailAgainSeconds });
      }
      const security = securityLog(context);
      const { text, expiresAt } = await db.$transaction(async (tx) => {
        const reset = await issueReset(tx, accountId, {
          // One that is mailed proves the address as any mailed link does.
          purpose: mayBeShown ? 'MEMBER_PASSWORD_RESET' : 'PASSWORD_RESET',
          life: 'TWO_HOURS',
          shownToId: mayBeShown ? caller.account.id : null,
        });
        const details = { locationId, shown: mayBeShown };
        const account = { id: accountId, email };
        await security.record(tx, { name: 'member_password_reset', account, details });
        if (mayBeShown) {
          const data = { location: member.location.name, administrator: caller.account.email };
          await security.notify(tx, { kind: 'member_password_reset', accountId, email, data });
        }
        return reset;
      });
      security.committed();
      if (!mayBeShown) sendPasswordReset(context, email, text, 'TWO_HOURS');
      inventoryServices({ services }).activity.record(caller, {
        locationId,
        action: 'reset_password',
        entityType: 'member',
        entityId: accountId,
        entityName: email,
      });
      return { token: mayBeShown ? text : null, expiresAt };
    },
  },
  {
    description: 'A way for a member to set a new password.',
    outputFields: (t) => ({
      token: t.exposeString('token', {
        nullable: true,
        description:
          'For `resetPassword`, once, to be handed over in person. Null where it was mailed to the member instead.',
      }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it works.' }),
    }),
  },
);
