import { notFound } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { payloadOf } from '../../core/mutation.ts';
import { assertMayGrant } from '../member/target.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';

const RevokeOrganizationInvitationInput = builder.inputType('RevokeOrganizationInvitationInput', {
  description: 'What is taken back.',
  fields: (t) => ({
    ...organizationField(t),
    id: t.id({ required: true, description: 'The invitation.' }),
  }),
});

builder.mutationField('revokeOrganizationInvitation', (t) =>
  t.field({
    access: organizationWriter,
    type: payloadOf<string>(
      'revokeOrganizationInvitation',
      'deletedOrganizationInvitationId',
      'ID',
      'The invitation that is gone.',
    ),
    description: 'Takes an offer of membership back.',
    args: {
      input: t.arg({ type: RevokeOrganizationInvitationInput, required: true, description: 'Which.' }),
    },
    resolve: async (_root, { input: { organizationId, id } }, context) => {
      const access = await accessOf(context, organizationId);
      const where = { id, organizationId: access.id };
      const invitation = await context.db.organizationInvitation.findFirst({ where });
      if (!invitation) throw notFound('Invitation');
      assertMayGrant(access, invitation.role);
      const { count } = await context.db.organizationInvitation.deleteMany({ where });
      if (count === 0) throw notFound('Invitation');
      return id;
    },
  }),
);
