import { DomainError } from '../../../errors/domainError.ts';
import { Issues, invalid } from '../../../errors/issues.ts';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { assertBySession } from '../../core/callerRules.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { securityLog } from '../security/events.ts';
import { endAllSessions } from '../session/endAllSessions.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { CredentialType } from '../session/types.ts';
import { checkNewPassword, PasswordRuleEnum } from './passwordRule.ts';
import { hashPassword } from './passwords.ts';
import { provePassword } from './provePassword.ts';
import { cutName } from './rules.ts';
import { snapshotOf } from './snapshot.ts';
import { AccountType } from './type.ts';
import { checkUserName } from './userName.ts';

const inputFields = inputFieldsOf((t) => ({
  name: t.string({ description: 'Cut to 80 characters.' }),
  userName: t.string({ description: 'As in `register`.' }),
  currentPassword: t.string({ description: 'Needed for a new password where the account has one.' }),
  newPassword: t.string({ description: 'As long as `passwordRule` asks. Ends every session.' }),
  passwordRule: t.field({
    type: PasswordRuleEnum,
    required: true,
    defaultValue: 'STANDARD',
    description: 'What is asked of the password.',
  }),
}));
type Input = InputOf<typeof inputFields>;

/** The columns that change, save the password, which is still to be hashed. */
async function check(context: GraphContext, input: Input, hasPassword: boolean) {
  if (input.name == null && input.userName == null && input.newPassword == null) {
    throw invalid('input', 'required', 'names nothing to change');
  }
  const issues = new Issues();
  const name = input.name == null ? undefined : cutName(input.name);
  if (name === '') issues.add('name', 'required', 'must not be empty');
  const userName = checkUserName(issues, 'userName', input.userName);
  if (input.newPassword != null) {
    await checkNewPassword(context, issues, 'newPassword', input.newPassword, input.passwordRule);
    if (hasPassword && !input.currentPassword) issues.add('currentPassword', 'required', 'is required');
  }
  issues.throwIfAny();
  return { ...userName, ...(name !== undefined && { name }) };
}

/** Hashes: of the password that was proven (null where the account has none), and of the new one. */
interface PasswordChange {
  readonly from: string | null;
  readonly to: string;
}

/** The change once the old password was proven. */
async function changePassword(
  context: GraphContext,
  id: string,
  input: Input,
  password: string,
): Promise<PasswordChange> {
  const from = await provePassword(context, id, input.currentPassword ?? '');
  // A right of keys is never one to a first password: nothing would have been proven.
  if (from === null) assertBySession(context);
  return { from, to: await hashPassword(context.services, password) };
}

/** All or nothing; throws USER_NAME_TAKEN and CURRENT_PASSWORD_WRONG. */
async function write(
  context: GraphContext,
  caller: Caller,
  data: Prisma.AccountUpdateInput,
  password: PasswordChange | undefined,
): Promise<Account> {
  const { id } = caller.account;
  const security = securityLog(context);
  try {
    const changed = await context.db.$transaction(async (tx) => {
      const account = await lockCaller(tx, caller);
      if (password) {
        // A reset may have come between the proof and now: whoever knew the old password must not undo it.
        const { count } = await tx.account.updateMany({
          where: { id, passwordHash: password.from },
          data: { passwordHash: password.to },
        });
        if (count !== 1) throw new DomainError('CURRENT_PASSWORD_WRONG');
        await endAllSessions(tx, id);
        const first = password.from === null;
        await security.record(tx, { name: 'password_changed', account, details: { first } });
        await security.notify(tx, {
          kind: 'password_changed',
          accountId: id,
          email: account.email,
          data: { first },
        });
      }
      const after = await tx.account.update({ where: { id }, data });
      if (after.userName !== account.userName) {
        await security.record(tx, { name: 'user_name_changed', account: after });
      }
      return after;
    });
    security.committed();
    return changed;
  } catch (error) {
    throw isUniqueViolation(error) ? new DomainError('USER_NAME_TAKEN', { cause: error }) : error;
  }
}

builder.relayMutationField(
  'updateViewer',
  { description: 'What to change; all of it or none.', inputFields },
  {
    access: signedIn,
    description:
      'Changes your name, user name or password. A new password ends every session, this one too; API keys stay. A new password needs a session, not an API key.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      const { id, hasPassword } = caller.account;
      if (input.newPassword != null) assertBySession(context, 'CHANGE_PASSWORD');
      const data = await check(context, input, hasPassword);
      const password =
        input.newPassword == null ? undefined : await changePassword(context, id, input, input.newPassword);
      const row = await write(context, caller, data, password);
      await context.services.credentials.forget(id);
      return { account: snapshotOf(row), credential: caller.credential };
    },
  },
  {
    description: 'The account as it is now.',
    outputFields: (t) => ({
      account: t.expose('account', { type: AccountType, description: 'The account.' }),
      credential: t.expose('credential', {
        type: CredentialType,
        description: 'What the request was signed in with.',
      }),
    }),
  },
);
