import { DomainError, notFound } from '../../../errors/domainError.ts';
import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Caller } from '../../core/context.ts';
import { accountByAddress } from '../account/accountByAddress.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { accountPayload } from '../account/type.ts';
import { PlanEnum } from '../plan/types.ts';
import { type SecurityLog, securityLog } from '../security/events.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { assertNotLastAdministrator, lockAdministrators } from './administrators.ts';

/**
 * Takes the turns of all administrators, and looks whether the caller still is one: of those who take each
 * other's right at the same moment the second finds that theirs is gone.
 */
async function actAsAdministrator(tx: Prisma.TransactionClient, caller: Caller): Promise<void> {
  await lockAdministrators(tx);
  if (caller.credential.kind === 'OPERATOR') return;
  if (!(await lockCaller(tx, caller)).administrator) throw new DomainError('FORBIDDEN');
}

/** Records what has become another, and mails the owner about a suspension. */
async function recordChanges(
  tx: Prisma.TransactionClient,
  before: Account,
  after: Account,
  security: SecurityLog,
): Promise<void> {
  const account = after;
  if (after.plan !== before.plan) {
    const details = { before: before.plan, after: after.plan };
    await security.record(tx, { name: 'plan_changed', account, details });
  }
  if (after.administrator !== before.administrator) {
    const name = after.administrator ? 'administrator_granted' : 'administrator_revoked';
    await security.record(tx, { name, account });
  }
  if (after.active !== before.active) {
    const suspended = !after.active;
    await security.record(tx, { name: suspended ? 'account_suspended' : 'account_reactivated', account });
    const to = { accountId: after.id, email: after.releasedEmail ?? after.email };
    await security.notify(tx, { kind: 'account_suspended', ...to, data: { suspended } });
  }
}

builder.relayMutationField(
  'updateAccount',
  {
    description: 'What to change of an account; what is left out stays.',
    inputFields: (t) => ({
      email: t.string({ required: true, description: 'Which account.' }),
      plan: t.field({ type: PlanEnum, description: 'What it may use.' }),
      administrator: t.boolean({ description: 'Whether it may manage accounts.' }),
      active: t.boolean({
        description: 'False refuses its sign-ins, sessions and keys until it is true again.',
      }),
    }),
  },
  {
    access: administrator,
    description:
      'Sets an account’s plan, administrator right or activity, at once for all of its sessions and keys. For administrators. Throws LAST_ADMINISTRATOR, but for the console, where nobody else who can act would administer the server.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      const { plan, administrator, active } = input;
      const security = securityLog(context);
      const row = await context.db.$transaction(async (tx) => {
        await actAsAdministrator(tx, caller);
        const before = await accountByAddress(tx, input.email);
        if (!before) throw notFound('Account');
        const goes = administrator === false || active === false;
        // The console governs the server by itself, and must be able to stop even a stolen last administrator.
        if (goes && caller.credential.kind !== 'OPERATOR') await assertNotLastAdministrator(tx, before);
        const after = await tx.account.update({
          where: { id: before.id },
          data: {
            ...(plan && { plan, planSource: plan === 'FREE' ? 'DEFAULT' : 'GRANTED' }),
            ...(administrator != null && { administrator }),
            ...(active != null && { active }),
          },
        });
        if (after.active !== before.active) {
          const suspension = { accountId: after.id, suspended: !after.active };
          await context.services.lifecycle.suspended(tx, suspension);
        }
        await recordChanges(tx, before, after, security);
        return after;
      });
      await context.services.credentials.forget(row.id);
      security.committed();
      return { account: snapshotOf(row) };
    },
  },
  accountPayload('The account as it is now.'),
);
