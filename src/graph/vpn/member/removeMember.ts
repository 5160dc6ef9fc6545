import { notFound } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import type { Payload } from '../../core/mutation.ts';
import { revokeKeys } from '../../identity/apiKey/revokeKeys.ts';
import { securityLog } from '../../identity/security/events.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { type Access, accessOf, forgetAccess } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { lockOrganization, lockOrganizationAs } from '../organization/lockOrganization.ts';
import { organizationReader, organizationWriter } from '../rules.ts';
import { targetMember } from './target.ts';

/** Takes the organization's turn; answers with what right the caller removes somebody. */
type Lock = (tx: Prisma.TransactionClient) => Promise<Access>;

/** Ends a membership and revokes the keys that acted by it, in one transaction. */
async function remove(context: GraphContext, lock: Lock, id: string): Promise<void> {
  const security = securityLog(context);
  const { accountId } = await context.db.$transaction(async (tx) => {
    const access = await lock(tx);
    const member = await targetMember(tx, access, id);
    await tx.organizationMember.delete({ where: { id } });
    const account = { id: member.accountId, email: member.account.email };
    await revokeKeys(tx, security, account, { organizationId: access.id }, 'LEFT_ORGANIZATION');
    await security.record(tx, {
      name: 'member_removed',
      account,
      target: { type: 'organization', id: String(access.id), name: access.name },
      details: { role: member.role },
    });
    return member;
  });
  security.committed();
  forgetAccess(context);
  await context.services.credentials.forget(accountId);
}

const payload = (mutation: string): Payload<{ readonly deletedOrganizationMemberId: string }> => ({
  description: `What \`${mutation}\` returns.`,
  outputFields: (t) => ({
    deletedOrganizationMemberId: t.exposeID('deletedOrganizationMemberId', {
      description: 'The membership that has ended.',
    }),
  }),
});

builder.relayMutationField(
  'removeOrganizationMember',
  {
    description: 'Who is put out.',
    inputFields: (t) => ({
      ...organizationField(t),
      id: t.id({ required: true, description: 'The membership.' }),
    }),
  },
  {
    access: organizationWriter,
    description:
      'Puts a member out; the API keys that they made for this organization are revoked. Only owners put out owners.',
    resolve: async (_root, { input: { organizationId, id } }, context) => {
      const access = await accessOf(context, organizationId);
      await remove(context, (tx) => lockOrganizationAs(tx, requireCaller(context), access.id), id);
      return { deletedOrganizationMemberId: id };
    },
  },
  payload('removeOrganizationMember'),
);

builder.relayMutationField(
  'leaveOrganization',
  {
    description: 'What is left.',
    inputFields: (t) => ({ organizationId: t.int({ required: true, description: 'The organization.' }) }),
  },
  {
    // To leave is everybody's right, from a suspended organization too.
    access: organizationReader,
    description: 'Ends your own membership; the API keys that you made for this organization are revoked.',
    resolve: async (_root, { input: { organizationId } }, context) => {
      const access = await accessOf(context, organizationId);
      const accountId = requireCaller(context).account.id;
      const member = await context.db.organizationMember.findFirst({ where: { organizationId, accountId } });
      if (!member) throw notFound('Member');
      const lock: Lock = async (tx) => {
        await lockOrganization(tx, access.id);
        return access;
      };
      await remove(context, lock, member.id);
      return { deletedOrganizationMemberId: member.id };
    },
  },
  payload('leaveOrganization'),
);
