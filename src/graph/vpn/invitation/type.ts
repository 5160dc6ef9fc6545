import type { OrganizationInvitation } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { listBelow } from '../../core/nestedList.ts';
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

const invitationsOf = listBelow<number, OrganizationInvitation, OrganizationInvitation>({
  table: 'OrganizationInvitation',
  parent: 'organizationId',
  parentType: 'integer',
  idType: 'uuid',
  order: 'OLDEST_FIRST',
  read: () => ({ view: (row) => row }),
});

builder.objectField(OrganizationType, 'invitations', (t) =>
  t.connection({
    type: OrganizationInvitationType,
    description: 'What was offered and not yet taken, ended offers too, oldest first. Empty for viewers.',
    resolve: ({ id, role }, args, context, info) =>
      // No organization has the id 0.
      invitationsOf(role === 'VIEWER' ? 0 : id, args, context, info),
  }),
);
