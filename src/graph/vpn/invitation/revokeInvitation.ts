import { DomainError } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { assertMayGrant } from '../member/target.ts';
import { accessOf } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';

builder.mutationField('revokeOrganizationInvitation', (t) =>
  t.boolean({
    access: organizationWriter,
    description: 'Takes an offer of membership back.',
    args: { ...organizationArgs, id: t.arg.id({ required: true, description: 'The invitation.' }) },
    resolve: async (_root, { organizationId, id }, context) => {
      const access = await accessOf(context, organizationId);
      const where = { id, organizationId: access.id };
      const invitation = await context.db.organizationInvitation.findFirst({ where });
      if (!invitation) throw new DomainError('NOT_FOUND');
      assertMayGrant(access, invitation.role);
      const { count } = await context.db.organizationInvitation.deleteMany({ where });
      if (count === 0) throw new DomainError('NOT_FOUND');
      return true;
    },
  }),
);
