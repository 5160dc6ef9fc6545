import { DomainError } from '../../../errors/domainError.ts';
import { builder } from '../../builder.ts';
import type { GraphContext } from '../../context.ts';
import { requireCaller } from '../../session/requireCaller.ts';
import { type Access, accessOf, forgetAccess } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { targetMember } from './target.ts';

/** Ends a membership and revokes the keys that acted by it, in one transaction. */
async function remove(context: GraphContext, access: Access, id: string): Promise<void> {
  const { accountId } = await context.db.$transaction(async (tx) => {
    const member = await targetMember(tx, access, id);
    await tx.organizationMember.delete({ where: { id } });
    await tx.apiKey.updateMany({
      where: { accountId: member.accountId, organizationId: access.id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    return member;
  });
  forgetAccess(context);
  await context.services.credentials.forget(accountId);
}

builder.mutationFields((t) => ({
  removeOrganizationMember: t.boolean({
    description:
      'Puts a member out; the API keys that they made for this organization are revoked. Only owners put out owners.',
    args: { ...organizationArgs, id: t.arg.id({ required: true, description: 'The membership.' }) },
    resolve: async (_root, { organizationId, id }, context) => {
      await remove(context, await accessOf(context, organizationId), id);
      return true;
    },
  }),
  leaveOrganization: t.boolean({
    description: 'Ends your own membership; the API keys that you made for this organization are revoked.',
    args: { organizationId: t.arg.int({ required: true, description: 'The organization.' }) },
    resolve: async (_root, { organizationId }, context) => {
      const access = await accessOf(context, organizationId);
      const accountId = requireCaller(context).account.id;
      const member = await context.db.organizationMember.findFirst({ where: { organizationId, accountId } });
      if (!member) throw new DomainError('NOT_FOUND');
      await remove(context, access, member.id);
      return true;
    },
  }),
}));
