import { builder } from '../../core/builder.ts';
import { organizationReader } from '../rules.ts';
import { accessOf } from './access.ts';
import { organizationArgs } from './args.ts';
import { OrganizationType } from './type.ts';

builder.queryField('organization', (t) =>
  t.field({
    access: organizationReader,
    type: OrganizationType,
    description: 'Your own VPN organization, made on first use, or one that you are a member of.',
    args: organizationArgs,
    resolve: (_root, { organizationId }, context) => accessOf(context, organizationId),
  }),
);
