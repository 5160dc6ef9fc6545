import { AccountType } from '../../account/type.ts';
import { builder } from '../../builder.ts';
import type { Access } from '../organization/access.ts';
import { maxMembers } from '../organization/rules.ts';
import { OrganizationType } from '../organization/type.ts';
import { OrganizationMemberType, withAccount } from './type.ts';

builder.objectField(OrganizationType, 'members', (t) =>
  t.field({
    type: [OrganizationMemberType],
    description: `Its members, longest first; at most ${maxMembers}.`,
    resolve: ({ id }, _args, { db }) =>
      db.organizationMember.findMany({
        where: { organizationId: id },
        include: withAccount,
        orderBy: { id: 'asc' },
      }),
  }),
);

const maxShown = 1000;

builder.objectField(AccountType, 'organizations', (t) =>
  t.field({
    type: [OrganizationType],
    description: `The VPN organizations that the account is a member of, longest first; at most ${maxShown}.`,
    resolve: async ({ id }, _args, { db }): Promise<Access[]> => {
      const memberships = await db.organizationMember.findMany({
        where: { accountId: id },
        include: { organization: true },
        orderBy: { id: 'asc' },
        take: maxShown,
      });
      return memberships.map(({ organization, role }) => ({ ...organization, role }));
    },
  }),
);
