import { notFound } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { assertMayGrant } from '../member/target.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';

builder.relayMutationField(
  'revokeOrganizationInvitation',
  {
    description: 'What is taken back.',
    inputFields: (t) => ({
      ...organizationField(t),
      id: t.id({ required: true, description: 'The invitation.' }),
    }),
  },
  {
    access: organizationWriter,
    description: 'Takes an offer of membership back.',
    resolve: async (_root, { input: { organizationId, id } }, context) => {
      const access = await accessOf(context, organizationId);
      const where = { id, organizationId: access.id };
      const invitation = await context.db.organizationInvitation.findFirst({ where });
      if (!invitation) throw notFound('Invitation');
      assertMayGrant(access, invitation.role);
      const { count } = await context.db.organizationInvitation.deleteMany({ where });
      if (count === 0) throw notFound('Invitation');
      return { deletedOrganizationInvitationId: id };
    },
  },
  {
    description: 'What `revokeOrganizationInvitation` returns.',
    outputFields: (t) => ({
      deletedOrganizationInvitationId: t.exposeID('deletedOrganizationInvitationId', {
        description: 'The invitation that is gone.',
      }),
    }),
  },
);
