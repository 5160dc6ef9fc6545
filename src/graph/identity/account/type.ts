import { builder } from '../../core/builder.ts';
import type { AccountSnapshot } from '../../core/caller.ts';
import type { Payload } from '../../core/mutation.ts';
import { limitsOf } from '../plan/limits.ts';
import { PlanEnum, PlanLimitsType, PlanSourceEnum } from '../plan/types.ts';

/**
 * A person's account; other nouns add their lists to it in their own folders. It is read by its owner and by
 * whoever administers the server: a field that is for the owner alone begins with `assertOwn`.
 */
export const AccountType = builder.objectRef<AccountSnapshot>('Account').implement({
  description: 'A person. The same account serves every REST API and the graph.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    email: t.exposeString('email', {
      description: 'The address, lower-case, unique; a placeholder while `releasedEmail` is set.',
    }),
    emailVerified: t.boolean({
      description: 'Whether the address was proven.',
      resolve: (account) => account.emailVerifiedAt !== null,
    }),
    userName: t.exposeString('userName', { nullable: true, description: 'Unique without regard to case.' }),
    name: t.exposeString('name', { description: 'What the person is called.' }),
    plan: t.expose('plan', { type: PlanEnum, description: 'What the account may use.' }),
    planSource: t.expose('planSource', { type: PlanSourceEnum, description: 'How it came by the plan.' }),
    planLimits: t.field({
      type: PlanLimitsType,
      description: 'What the plan allows.',
      resolve: (account) => limitsOf(account.plan),
    }),
    hasPassword: t.exposeBoolean('hasPassword', { description: 'Whether it can sign in with a password.' }),
    administrator: t.exposeBoolean('administrator', { description: 'Whether it may manage all accounts.' }),
    active: t.exposeBoolean('active', { description: 'False when an administrator has switched it off.' }),
    deletionRequestedAt: t.expose('deletionRequestedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its owner asked for its deletion.',
    }),
    deletionScheduledAt: t.expose('deletionScheduledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it will be deleted.',
    }),
    releasedEmail: t.exposeString('releasedEmail', {
      nullable: true,
      description:
        'The address of an account whose deletion released it; `email` is a placeholder meanwhile. Null for others.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was registered.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

/** The payload of a mutation whose result is an account. */
export const accountPayload = (description: string): Payload<{ readonly account: AccountSnapshot }> => ({
  description,
  outputFields: (t) => ({ account: t.expose('account', { type: AccountType, description: 'The account.' }) }),
});

/** The payload of a mutation that accepts work whose outcome it must not tell. */
export const acceptedPayload: Payload<{ readonly accepted: boolean }> = {
  description: 'Tells nothing of the outcome.',
  outputFields: (t) => ({ accepted: t.exposeBoolean('accepted', { description: 'Always true.' }) }),
};
