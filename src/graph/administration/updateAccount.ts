import { DomainError } from '../../errors/domainError.ts';
import { normaliseEmail } from '../account/rules.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { AccountType } from '../account/type.ts';
import { builder } from '../builder.ts';
import { PlanEnum } from '../plan/types.ts';

const UpdateAccountInput = builder.inputType('UpdateAccountInput', {
  description: 'What to change of an account; what is left out stays.',
  fields: (t) => ({
    email: t.string({ required: true, description: 'Which account.' }),
    plan: t.field({ type: PlanEnum, description: 'What it may use.' }),
    administrator: t.boolean({ description: 'Whether it may manage accounts.' }),
    active: t.boolean({
      description: 'False refuses its sign-ins, sessions and keys until it is true again.',
    }),
  }),
});

builder.mutationField('updateAccount', (t) =>
  t.field({
    type: AccountType,
    description:
      'Sets an account’s plan, administrator right or activity, at once for all of its sessions and keys. For administrators.',
    args: { input: t.arg({ type: UpdateAccountInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, { db, services }) => {
      const { plan, administrator, active } = input;
      const [row] = await db.account.updateManyAndReturn({
        where: { email: normaliseEmail(input.email) },
        data: {
          ...(plan && { plan, planSource: plan === 'FREE' ? 'DEFAULT' : 'GRANTED' }),
          ...(administrator != null && { administrator }),
          ...(active != null && { active }),
        },
      });
      if (!row) throw new DomainError('NOT_FOUND');
      await services.credentials.forget(row.id);
      return snapshotOf(row);
    },
  }),
);
