import { builder } from '../../core/builder.ts';
import { organizationManager } from '../rules.ts';
import { accessOf, forgetAccess } from './access.ts';
import { organizationArgs } from './args.ts';
import { OrganizationStatusEnum, OrganizationType } from './type.ts';

builder.mutationField('setOrganizationStatus', (t) =>
  t.field({
    access: organizationManager,
    type: OrganizationType,
    description:
      'Suspends an organization or makes it active again. The only change that a suspended one takes.',
    args: {
      ...organizationArgs,
      status: t.arg({ type: OrganizationStatusEnum, required: true, description: 'The new status.' }),
    },
    resolve: async (_root, { organizationId, status }, context) => {
      const { id, role } = await accessOf(context, organizationId);
      const row = await context.db.organization.update({ where: { id }, data: { status } });
      forgetAccess(context);
      return { ...row, role };
    },
  }),
);
