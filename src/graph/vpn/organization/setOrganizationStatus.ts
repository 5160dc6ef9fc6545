import { builder } from '../../core/builder.ts';
import { organizationManager } from '../rules.ts';
import { accessOf, forgetAccess } from './access.ts';
import { organizationField } from './args.ts';
import { OrganizationStatusEnum, organizationPayload } from './type.ts';

builder.relayMutationField(
  'setOrganizationStatus',
  {
    description: 'The new status of an organization.',
    inputFields: (t) => ({
      ...organizationField(t),
      status: t.field({ type: OrganizationStatusEnum, required: true, description: 'The new status.' }),
    }),
  },
  {
    access: organizationManager,
    description:
      'Suspends an organization or makes it active again. The only change that a suspended one takes.',
    resolve: async (_root, { input: { organizationId, status } }, context) => {
      const { id, role } = await accessOf(context, organizationId);
      const row = await context.db.organization.update({ where: { id }, data: { status } });
      forgetAccess(context);
      return { organization: { ...row, role } };
    },
  },
  organizationPayload('setOrganizationStatus'),
);
