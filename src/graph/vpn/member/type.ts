import { type Account, type OrganizationMember, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { listBelow } from '../../core/nestedList.ts';
import { tableRows } from '../../core/tableRows.ts';
import { maxMembers } from '../organization/rules.ts';
import { MemberRoleEnum, OrganizationType } from '../organization/type.ts';

/** A membership with what others may see of its account. */
export type MemberView = OrganizationMember & { account: Pick<Account, 'name' | 'email'> };

/** The columns of a {@link MemberView}. */
export const withAccount = { account: { select: { name: true, email: true } } } as const;

export const OrganizationMemberType = builder.objectRef<MemberView>('OrganizationMember').implement({
  description: 'A person in an organization.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID of the membership.' }),
    name: t.string({ description: 'What the person is called.', resolve: ({ account }) => account.name }),
    email: t.string({ description: 'The address of the person.', resolve: ({ account }) => account.email }),
    role: t.expose('role', { type: MemberRoleEnum, description: 'What the person may do.' }),
    joinedAt: t.expose('createdAt', { type: 'DateTime', description: 'When the person became a member.' }),
  }),
});

const membersOf = listBelow<number, MemberView, OrganizationMember & Pick<Account, 'name' | 'email'>, 'all'>({
  table: 'OrganizationMember',
  parent: 'organizationId',
  parentType: 'integer',
  idType: 'uuid',
  order: 'OLDEST_FIRST',
  beside: {
    columns: { a: tableRows<Account>('Account', ['name', 'email']) },
    joins: Prisma.sql`JOIN "Account" a ON a."id" = r."accountId"`,
  },
  read: () => ({
    // Who waits for a deletion that released the address is none any more for others.
    where: () => Prisma.sql`NOT EXISTS (
      SELECT 1 FROM "Account" g WHERE g."id" = c."accountId" AND g."releasedEmail" IS NOT NULL)`,
    view: ({ name, email, ...row }) => ({ ...row, account: { name, email } }),
  }),
});

builder.objectField(OrganizationType, 'members', (t) =>
  t.connection({
    type: OrganizationMemberType,
    description: `Its members, the longest membership first; at most ${maxMembers}.`,
    resolve: ({ id }, args, context, info) => membersOf(id, { ...args, filter: 'all' }, context, info),
  }),
);
