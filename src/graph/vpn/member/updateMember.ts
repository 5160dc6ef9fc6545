import { builder } from '../../core/builder.ts';
import { payloadOf } from '../../core/mutation.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { accessOf, forgetAccess } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { lockOrganizationAs } from '../organization/lockOrganization.ts';
import { MemberRoleEnum } from '../organization/type.ts';
import { organizationWriter } from '../rules.ts';
import { assertMayGrant, targetMember } from './target.ts';
import { OrganizationMemberType, withAccount } from './type.ts';

const UpdateOrganizationMemberInput = builder.inputType('UpdateOrganizationMemberInput', {
  description: 'The new role of a member.',
  fields: (t) => ({
    ...organizationField(t),
    id: t.id({ required: true, description: 'The membership.' }),
    role: t.field({ type: MemberRoleEnum, required: true, description: 'The new role.' }),
  }),
});

builder.mutationField('updateOrganizationMember', (t) =>
  t.field({
    access: organizationWriter,
    type: payloadOf(
      'updateOrganizationMember',
      'organizationMember',
      OrganizationMemberType,
      'The membership as it is now.',
    ),
    description:
      'Gives a member another role, from their next request on. Only owners make or change owners; the account whose organization it is stays one.',
    args: { input: t.arg({ type: UpdateOrganizationMemberInput, required: true, description: 'The role.' }) },
    resolve: async (_root, { input: { organizationId, id, role } }, context) => {
      const { id: ofId } = await accessOf(context, organizationId);
      const member = await context.db.$transaction(async (tx) => {
        const access = await lockOrganizationAs(tx, requireCaller(context), ofId);
        await targetMember(tx, access, id);
        assertMayGrant(access, role);
        return tx.organizationMember.update({ where: { id }, data: { role }, include: withAccount });
      });
      forgetAccess(context);
      return member;
    },
  }),
);
