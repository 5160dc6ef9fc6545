import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import type { Account } from '../../../generated/sqlite/client.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { newId } from '../../core/newId.ts';
import { preparePassword } from '../../core/text/passwords.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { redeemInvitation } from '../invitation/redeem.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { accountByAddress } from './accountByAddress.ts';
import type { Verification } from './mails.ts';
import { checkNewPassword, PasswordRuleEnum } from './passwordRule.ts';
import { hashPassword } from './passwords.ts';
import { assertNotReserved } from './reservedAddress.ts';
import { checkEmail, nameOrSignIn } from './rules.ts';
import { snapshotOf } from './snapshot.ts';
import { accountPayload } from './type.ts';
import { checkUserName, isUserNameTaken, type UserNameColumns } from './userName.ts';
import { issueVerification, sendVerification, VerificationMethodEnum } from './verification.ts';

const inputFields = inputFieldsOf((t) => ({
  userName: t.string({
    description:
      '3 to 32 letters, digits, "_", "." and "-"; unique without regard to case. Signs in as well as the address does.',
  }),
  email: t.string({
    required: true,
    description:
      'Trimmed and lower-cased before use, its domain in ASCII (IDNA); without invisible characters.',
  }),
  password: t.string({ required: true, description: 'As long as `passwordRule` asks.' }),
  confirmPassword: t.string({ description: 'When given and not empty it must equal the password.' }),
  passwordRule: t.field({
    type: PasswordRuleEnum,
    required: true,
    defaultValue: 'STANDARD',
    description: 'What is asked of the password.',
  }),
  name: t.string({
    description:
      'When shorter than 2 characters, the user name is taken, or the part of the address before the @.',
  }),
  invitationCode: t.string({ description: 'Needed while registration is by invitation.' }),
  verification: t.field({
    type: VerificationMethodEnum,
    required: true,
    defaultValue: 'LINK',
    description: 'What is mailed to prove the address.',
  }),
}));
type Input = InputOf<typeof inputFields>;

async function check(context: GraphContext, input: Input) {
  const issues = new Issues();
  const userName = checkUserName(issues, 'userName', input.userName);
  const email = checkEmail(issues, 'email', input.email);
  const password = await checkNewPassword(context, issues, 'password', input.password, input.passwordRule);
  if (input.confirmPassword && preparePassword(input.confirmPassword) !== preparePassword(input.password)) {
    issues.add('confirmPassword', 'mismatch', 'must equal the password');
  }
  issues.throwIfAny();
  return { userName, email, password };
}

/** Throws EMAIL_TAKEN or USER_NAME_TAKEN. */
async function assertFree({ db }: GraphContext, email: string, userName: UserNameColumns | undefined) {
  if (await accountByAddress(db, email)) throw new DomainError('EMAIL_TAKEN');
  if (userName && (await isUserNameTaken(db, userName))) throw new DomainError('USER_NAME_TAKEN');
}

async function create(context: GraphContext, input: Input): Promise<[Account, Verification]> {
  const { db, services } = context;
  const { userName, email, password } = await check(context, input);
  // Asked first, so that a flood of known addresses does not cost a hash each.
  await assertFree(context, email, userName);
  const passwordHash = await hashPassword(services, password);
  const security = securityLog(context);
  try {
    const created: [Account, Verification] = await db.$transaction(async (tx) => {
      await redeemInvitation(tx, services.config.registrationMode, input.invitationCode);
      const name = nameOrSignIn(input.name, userName?.userName ?? email);
      const account = await tx.account.create({
        data: { id: newId(), ...userName, email, passwordHash, name },
      });
      await assertNotReserved(tx, account);
      await security.record(tx, {
        name: 'account_created',
        account,
        actor: account,
        details: { method: 'PASSWORD' },
      });
      return [account, await issueVerification(context, tx, account, input.verification)];
    });
    security.committed();
    return created;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Somebody was faster; the engines name the column that clashed in ways of their own.
    await assertFree(context, email, userName);
    throw new DomainError('EMAIL_TAKEN', { cause: error });
  }
}

builder.relayMutationField(
  'register',
  { description: 'A new account.', inputFields },
  {
    access: everyone,
    description: 'Makes an account and mails the link or the code that proves its address.',
    resolve: async (_root, { input }, context) => {
      if (context.services.config.registrationMode === 'closed') throw new DomainError('REGISTRATION_CLOSED');
      await identityServices(context).countAnonymousWork(context.request.address);
      const [account, verification] = await create(context, input);
      sendVerification(context, account.email, input.verification, verification);
      return { account: snapshotOf(account) };
    },
  },
  accountPayload('The new account. This signs no one in: the mailed link or code proves the address first.'),
);
