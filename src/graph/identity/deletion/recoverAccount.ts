import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { normaliseAddress } from '../../core/text/addresses.ts';
import { accountByAddress } from '../account/accountByAddress.ts';
import { verifyPassword } from '../account/passwords.ts';
import { recordFailedAttempt, securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';

builder.relayMutationField(
  'recoverAccount',
  {
    description: 'Whose deletion is taken back.',
    inputFields: (t) => ({
      email: t.string({ description: 'The address of the account.' }),
      password: t.string({ description: 'The password of the account.' }),
    }),
  },
  {
    access: everyone,
    description:
      'Takes the request for an account’s deletion back. Throws SIGN_IN_FAILED for whatever does not fit, and, for its owner, ACCOUNT_DELETION_DUE once the grace period is over.',
    resolve: async (_root, { input }, context) => {
      const { db, services, request } = context;
      const issues = new Issues();
      const typed = input.email ?? '';
      const email = normaliseAddress(typed);
      const password = input.password ?? '';
      if (email === '') issues.add('email', 'required', 'is required');
      if (password === '') issues.add('password', 'required', 'is required');
      issues.throwIfAny();
      const account = await accountByAddress(db, typed);
      const giveBack = await identityServices({ services }).signInGuard.begin(
        account?.id ?? email,
        request.address,
      );
      const proven = await verifyPassword(services, account?.passwordHash ?? null, password);
      if (!proven || !account?.deletionScheduledAt) {
        recordFailedAttempt(context, { name: 'deletion_recovered', account });
        throw new DomainError('SIGN_IN_FAILED');
      }
      await giveBack();
      const now = new Date();
      if (account.deletionScheduledAt <= now) throw new DomainError('ACCOUNT_DELETION_DUE');
      const security = securityLog(context);
      await db.$transaction(async (tx) => {
        const { count } = await tx.account.updateMany({
          where: { id: account.id, deletionScheduledAt: { gt: now } },
          data: { deletionRequestedAt: null, deletionScheduledAt: null },
        });
        // Recovered by another request in the meantime.
        if (count === 0) throw new DomainError('SIGN_IN_FAILED');
        await tx.oneTimeSecret.deleteMany({ where: { accountId: account.id, purpose: 'RESTORE_ACCOUNT' } });
        await services.lifecycle.suspended(tx, { accountId: account.id, suspended: false });
        await security.record(tx, { name: 'deletion_recovered', account, actor: account });
      });
      await services.credentials.forget(account.id);
      security.committed();
      return { recoveredAccountId: account.id };
    },
  },
  {
    description: 'The account that stays. This signs no one in.',
    outputFields: (t) => ({
      recoveredAccountId: t.exposeID('recoveredAccountId', { description: 'UUID of the account.' }),
    }),
  },
);
