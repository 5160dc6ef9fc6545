import type { MemberRole, OrganizationStatus } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { PlanEnum } from '../../identity/plan/types.ts';
import type { Access } from './access.ts';

export const OrganizationStatusEnum = builder.enumType('OrganizationStatus', {
  description: 'Whether an organization works.',
  values: {
    ACTIVE: { description: 'It does.' },
    SUSPENDED: {
      description:
        'Nothing in it can be changed, and its nodes are told to accept no password, until it is active again.',
    },
  } satisfies Record<OrganizationStatus, unknown>,
});

export const MemberRoleEnum = builder.enumType('MemberRole', {
  description: 'What a member of an organization may do.',
  values: {
    OWNER: { description: 'Everything.' },
    ADMIN: { description: 'Everything but what concerns its owners.' },
    VIEWER: { description: 'Read.' },
  } satisfies Record<MemberRole, unknown>,
});

export const OrganizationType = builder.objectRef<Access>('Organization').implement({
  description: 'Who holds VPN nodes together. Every account owns one.',
  fields: (t) => ({
    id: t.exposeInt('id', { description: 'A whole number.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    contactEmail: t.exposeString('contactEmail', { description: 'Where to write to, lower-case.' }),
    status: t.expose('status', { type: OrganizationStatusEnum, description: 'Whether it works.' }),
    role: t.expose('role', { type: MemberRoleEnum, description: 'What you are in it.' }),
    plan: t.field({
      type: PlanEnum,
      description: 'The plan of its owner.',
      extensions: weigh({ statements: 1 }),
      resolve: async ({ ownerId }, _args, { db, caller }) => {
        if (caller?.account.id === ownerId) return caller.account.plan;
        return (await db.account.findUniqueOrThrow({ where: { id: ownerId }, select: { plan: true } })).plan;
      },
    }),
    nodeCount: t.int({
      description: 'How many nodes it has.',
      extensions: weigh({ statements: 1 }),
      resolve: ({ id }, _args, { db }) => db.vpnNode.count({ where: { organizationId: id } }),
    }),
    passwordCount: t.int({
      description: 'How many passwords its nodes have.',
      extensions: weigh({ statements: 1 }),
      resolve: ({ id }, _args, { db }) => db.vpnPassword.count({ where: { node: { organizationId: id } } }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});
