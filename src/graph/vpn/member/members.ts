import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../../identity/account/type.ts';
import { assertOwn } from '../../identity/session/ownAccount.ts';
import type { Access } from '../organization/access.ts';
import { maxMembers } from '../organization/rules.ts';
import { OrganizationType } from '../organization/type.ts';
import { OrganizationMemberType, withAccount } from './type.ts';

builder.objectField(OrganizationType, 'members', (t) =>
  t.field({
    type: [OrganizationMemberType],
    description: `Its members, longest first; at most ${maxMembers}.`,
    extensions: weigh({ statements: 2 }),
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
    description: `The VPN organizations that you are a member of, longest first; at most ${maxShown}.`,
    extensions: weigh({ statements: 2 }),
    resolve: async (account, _args, context): Promise<Access[]> => {
      assertOwn(context, account);
      const memberships = await context.db.organizationMember.findMany({
        where: { accountId: account.id },
        include: { organization: true },
        orderBy: { id: 'asc' },
        take: maxShown,
      });
      return memberships.map(({ organization, role }) => ({ ...organization, role }));
    },
  }),
);
