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
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { assertNoOtherForm } from './accountByAddress.ts';
import { changeAddress } from './changeAddress.ts';
import { checkDisplayName, checkHouseholdEmail } from './householdRules.ts';
import { sendVerificationLink, type Verification } from './mails.ts';
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

/** Writes the change; what proves the new address comes with it when the address is another one. */
async function write(
  context: GraphContext,
  caller: Caller,
  change: Change,
): Promise<[Account, Verification | null]> {
  const { id } = caller.account;
  const security = securityLog(context);
  try {
    const written = await context.db.$transaction(async (tx): Promise<[Account, Verification | null]> => {
      const before = await lockCaller(tx, caller);
      const { email } = change;
      if (email === undefined || email === normaliseAddress(before.email)) {
        return [await tx.account.update({ where: { id }, data: change }), null];
      }
      assertBySession(context);
      await assertNoOtherForm(tx, email, id);
      return changeAddress(tx, context, security, before, { ...change, email });
    });
    security.committed();
    return written;
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
      'Changes your name or address by the rules of household clients. A new address is not proven; a link that proves it is mailed there. Until then the account keeps the rights that it had with a proven old one, whose owner gets a mail with which they can undo the change for seven days (`undoAddressChange`). A new address needs a session, not an API key. Throws EMAIL_TAKEN, also for an address to which another account can still undo a change.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      const [account, verification] = await write(context, caller, check(input));
      const { mailLimits } = identityServices(context);
      if (verification && (await mailLimits.allow('verification', account.email, context.request.address))) {
        sendVerificationLink(context, account.email, verification);
      }
      await context.services.credentials.forget(account.id);
      return { account: snapshotOf(account) };
    },
  },
  accountPayload('The account as it is now.'),
);
