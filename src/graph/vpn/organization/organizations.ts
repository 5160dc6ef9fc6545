import type { MemberRole, Organization } from '../../../generated/sqlite/client.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { assertVerified } from '../../core/callerRules.ts';
import { listBelow } from '../../core/nestedList.ts';
import { tableRows } from '../../core/tableRows.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../../identity/account/type.ts';
import { assertOwn } from '../../identity/session/ownAccount.ts';
import { organizationReader } from '../rules.ts';
import { type Access, accessOf } from './access.ts';
import { organizationArgs } from './args.ts';
import { OrganizationType } from './type.ts';

builder.queryField('organization', (t) =>
  t.field({
    access: organizationReader,
    type: OrganizationType,
    nullable: true,
    description: 'Returns your own VPN organization, made on first use, or one that you are a member of.',
    args: organizationArgs,
    resolve: (_root, { organizationId }, context) => accessOf(context, organizationId),
  }),
);

interface MembershipRow extends Omit<Organization, 'id'> {
  readonly id: string;
  readonly organizationId: number;
  readonly accountId: string;
  readonly role: MemberRole;
}

const organizationsOf = listBelow<string, Access & { readonly membershipId: string }, MembershipRow>({
  table: 'OrganizationMember',
  parent: 'accountId',
  parentType: 'text',
  idType: 'uuid',
  order: 'OLDEST_FIRST',
  cursor: ({ membershipId }) => membershipId,
  columns: ['id', 'organizationId', 'accountId', 'role'],
  beside: {
    columns: {
      o: tableRows<Organization>('Organization', [
        'ownerId',
        'name',
        'contactEmail',
        'status',
        'lockSequence',
        'createdAt',
        'updatedAt',
      ]),
    },
    joins: Prisma.sql`JOIN "Organization" o ON o."id" = r."organizationId"`,
  },
  read: () => ({
    view: ({ id: membershipId, organizationId: id, accountId: _, ...same }) => ({
      ...same,
      membershipId,
      id,
    }),
  }),
});

builder.objectField(AccountType, 'organizations', (t) =>
  t.connection({
    type: OrganizationType,
    description: 'The VPN organizations that you are a member of, the longest membership first.',
    extensions: weigh({ statements: 1 }),
    resolve: (account, args, context, info) => {
      assertOwn(context, account);
      assertVerified(context.caller);
      return organizationsOf(account.id, args, context, info);
    },
  }),
);
