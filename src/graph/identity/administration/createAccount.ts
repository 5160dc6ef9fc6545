import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { newId } from '../../core/newId.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { accountByAddress } from '../account/accountByAddress.ts';
import { checkNewPassword } from '../account/passwordRule.ts';
import { hashPassword } from '../account/passwords.ts';
import { assertNotReserved } from '../account/reservedAddress.ts';
import { checkEmail, nameOrSignIn } from '../account/rules.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { accountPayload } from '../account/type.ts';
import { PlanEnum } from '../plan/types.ts';
import { securityLog } from '../security/events.ts';

builder.relayMutationField(
  'createAccount',
  {
    description: 'An account whose address needs no proof, because an administrator vouches for it.',
    inputFields: (t) => ({
      email: t.string({ required: true, description: 'As in `register`.' }),
      password: t.string({
        required: true,
        description: 'At least 8 characters, and not a common password.',
      }),
      name: t.string({ description: 'As in `register`.' }),
      plan: t.field({
        type: PlanEnum,
        required: true,
        defaultValue: 'FREE',
        description: 'What it may use.',
      }),
      administrator: t.boolean({
        required: true,
        defaultValue: false,
        description: 'Whether it may manage accounts.',
      }),
    }),
  },
  {
    access: administrator,
    description: 'Makes a verified account, whatever the registration mode. For administrators.',
    resolve: async (_root, { input }, context) => {
      const { db, services } = context;
      const security = securityLog(context);
      const issues = new Issues();
      const email = checkEmail(issues, 'email', input.email);
      const password = await checkNewPassword(context, issues, 'password', input.password);
      issues.throwIfAny();
      if (await accountByAddress(db, email)) throw new DomainError('EMAIL_TAKEN');
      const passwordHash = await hashPassword(services, password);
      try {
        const { plan, administrator } = input;
        const name = nameOrSignIn(input.name, email);
        const planSource = plan === 'FREE' ? 'DEFAULT' : 'GRANTED';
        const now = new Date();
        const row = await db.$transaction(async (tx) => {
          const account = await tx.account.create({
            data: {
              id: newId(),
              email,
              name,
              passwordHash,
              plan,
              planSource,
              administrator,
              emailVerifiedAt: now,
              firstProvenAt: now,
            },
          });
          await assertNotReserved(tx, account);
          const details = { method: 'ADMINISTRATOR', plan };
          await security.record(tx, { name: 'account_created', account, details });
          if (administrator) await security.record(tx, { name: 'administrator_granted', account });
          return account;
        });
        security.committed();
        return { account: snapshotOf(row) };
      } catch (error) {
        throw isUniqueViolation(error) ? new DomainError('EMAIL_TAKEN', { cause: error }) : error;
      }
    },
  },
  accountPayload('The new account.'),
);
