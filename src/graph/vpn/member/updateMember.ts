import { builder } from '../../core/builder.ts';
import { securityLog } from '../../identity/security/events.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { accessOf, forgetAccess } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { lockOrganizationAs } from '../organization/lockOrganization.ts';
import { MemberRoleEnum } from '../organization/type.ts';
import { organizationWriter } from '../rules.ts';
import { assertMayGrant, targetMember } from './target.ts';
import { OrganizationMemberType, withAccount } from './type.ts';

builder.relayMutationField(
  'updateOrganizationMember',
  {
    description: 'The new role of a member.',
    inputFields: (t) => ({
      ...organizationField(t),
      id: t.id({ required: true, description: 'The membership.' }),
      role: t.field({ type: MemberRoleEnum, required: true, description: 'The new role.' }),
    }),
  },
  {
    access: organizationWriter,
    description:
      'Gives a member another role, from their next request on. Only owners make or change owners; the account whose organization it is stays one.',
    resolve: async (_root, { input: { organizationId, id, role } }, context) => {
      const security = securityLog(context);
      const { id: ofId } = await accessOf(context, organizationId);
      const member = await context.db.$transaction(async (tx) => {
        const access = await lockOrganizationAs(tx, requireCaller(context), ofId);
        const before = await targetMember(tx, access, id);
        assertMayGrant(access, role);
        if (before.role !== role) {
          await security.record(tx, {
            name: 'member_role_changed',
            account: { id: before.accountId, email: before.account.email },
            target: { type: 'organization', id: String(ofId), name: access.name },
            details: { before: before.role, role },
          });
        }
        return tx.organizationMember.update({ where: { id }, data: { role }, include: withAccount });
      });
      security.committed();
      forgetAccess(context);
      return { organizationMember: member };
    },
  },
  {
    description: 'What `updateOrganizationMember` returns.',
    outputFields: (t) => ({
      organizationMember: t.expose('organizationMember', {
        type: OrganizationMemberType,
        description: 'The membership as it is now.',
      }),
    }),
  },
);
