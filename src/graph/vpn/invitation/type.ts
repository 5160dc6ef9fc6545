import type { OrganizationInvitation } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { MemberRoleEnum, OrganizationType } from '../organization/type.ts';

export const OrganizationInvitationType = builder
  .objectRef<OrganizationInvitation>('OrganizationInvitation')
  .implement({
    description: 'An offer of membership that was mailed and not yet taken.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'UUID.' }),
      email: t.exposeString('email', { description: 'The address it was mailed to.' }),
      role: t.expose('role', { type: MemberRoleEnum, description: 'What its taker will be.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
    }),
  });

builder.objectField(OrganizationType, 'invitations', (t) =>
  t.field({
    type: [OrganizationInvitationType],
    description: 'What was offered and not yet taken, ended offers too. Empty for viewers.',
    extensions: weigh({ statements: 1 }),
    resolve: ({ id, role }, _args, { db }) =>
      role === 'VIEWER'
        ? []
        : db.organizationInvitation.findMany({ where: { organizationId: id }, orderBy: { id: 'asc' } }),
  }),
);
