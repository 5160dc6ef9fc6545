import { DomainError } from '../../../errors/domainError.ts';
import { Issues, invalid } from '../../../errors/issues.ts';
import type { Account } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { assertBySession } from '../../core/callerRules.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { normaliseAddress } from '../../core/text/addresses.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { issueLongSecret } from '../secret/oneTimeSecrets.ts';
import { identityServices } from '../services.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { assertNoOtherForm } from './accountByAddress.ts';
import { checkDisplayName, checkHouseholdEmail } from './householdRules.ts';
import { sendVerificationLink } from './mails.ts';
import { snapshotOf } from './snapshot.ts';
import { accountPayload } from './type.ts';

const inputFields = inputFieldsOf((t) => ({
  displayName: t.string({ description: '1 to 100 characters.' }),
  email: t.string({ description: 'Trimmed and lower-cased before use; no plus sign before the @.' }),
}));

interface Change {
  readonly name?: string;
  readonly email?: string;
}

function check({ displayName, email }: InputOf<typeof inputFields>): Change {
  if (displayName == null && email == null) throw invalid('displayName', 'required', 'or email is required');
  const issues = new Issues();
  const change = {
    ...(displayName != null && { name: checkDisplayName(issues, 'displayName', displayName) }),
    ...(email != null && { email: checkHouseholdEmail(issues, 'email', email) }),
  };
  issues.throwIfAny();
  return change;
}

/** Writes the change; a token for the new address comes with it when the address is another one. */
async function write(
  context: GraphContext,
  caller: Caller,
  change: Change,
): Promise<[Account, string | null]> {
  const { db, services } = context;
  const { id } = caller.account;
  try {
    return await db.$transaction(async (tx) => {
      const before = await lockCaller(tx, caller);
      if (change.email === undefined || change.email === normaliseAddress(before.email)) {
        return [await tx.account.update({ where: { id }, data: change }), null];
      }
      assertBySession(context);
      await assertNoOtherForm(tx, change.email, id);
      // What was mailed to the old address must not prove the new one, nor set its password.
      await tx.oneTimeSecret.deleteMany({ where: { accountId: id } });
      const account = await tx.account.update({ where: { id }, data: { ...change, emailVerifiedAt: null } });
      await services.lifecycle.addressChanged(tx, {
        accountId: id,
        before: before.email,
        after: account.email,
      });
      return [account, await issueLongSecret(tx, id, 'EMAIL_LINK')];
    });
  } catch (error) {
    throw isUniqueViolation(error) ? new DomainError('EMAIL_TAKEN', { cause: error }) : error;
  }
}

builder.relayMutationField(
  'updateProfile',
  { description: 'What to change; what is left out stays.', inputFields },
  {
    access: signedIn,
    description:
      'Changes your name or address by the rules of household clients. A new address is not proven; a link that proves it is mailed there. A new address needs a session, not an API key. Throws EMAIL_TAKEN.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      const [account, token] = await write(context, caller, check(input));
      if (token && (await identityServices(context).mailLimits.allow('verification', account.email))) {
        sendVerificationLink(context, account.email, token);
      }
      await context.services.credentials.forget(account.id);
      return { account: snapshotOf(account) };
    },
  },
  accountPayload('The account as it is now.'),
);
