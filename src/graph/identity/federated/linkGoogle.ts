import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { bySession } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { assertVerified } from '../../core/callerRules.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { provePassword } from '../account/provePassword.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { accountPayload } from '../account/type.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { writeIdentity } from './writeIdentity.ts';

builder.relayMutationField(
  'linkGoogle',
  {
    description: 'What to link, and the proof that the account is yours.',
    inputFields: (t) => ({
      credential: t.string({
        required: true,
        description: 'The ID token (a JWT) that Google gave to the client.',
      }),
      password: t.string({ description: 'Your password; needed where the account has one.' }),
    }),
  },
  {
    access: bySession,
    description:
      'Links a Google identity to your account, whatever its address. Needs a session of a sign-in and a proven address. Throws CREDENTIAL_KIND_REFUSED, EMAIL_NOT_VERIFIED, CURRENT_PASSWORD_WRONG, or IDENTITY_CONFLICT when it signs in to another account or another one is linked to yours.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      assertVerified(caller);
      const issues = new Issues();
      const credential = input.credential.trim();
      if (credential === '') issues.add('credential', 'required', 'is required');
      if (caller.account.hasPassword && !input.password) issues.add('password', 'required', 'is required');
      issues.throwIfAny();
      await provePassword(context, caller.account.id, input.password ?? '');
      const identity = await identityServices(context).googleTokens.verify(credential);
      const security = securityLog(context);
      try {
        const account = await context.db.$transaction(async (tx) => {
          const locked = await lockCaller(tx, caller);
          await writeIdentity(tx, locked, identity, security);
          return locked;
        });
        await context.services.credentials.forget(account.id);
        security.committed();
        return { account: snapshotOf(account) };
      } catch (error) {
        throw isUniqueViolation(error) ? new DomainError('IDENTITY_CONFLICT', { cause: error }) : error;
      }
    },
  },
  accountPayload('The account as it is now.'),
);
