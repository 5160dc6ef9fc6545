import { notFound } from '../../../errors/domainError.ts';
import {
  type MemberRole,
  type OrganizationStatus,
  type Plan,
  Prisma,
} from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { batched } from '../../core/loader.ts';
import type { Payload } from '../../core/mutation.ts';
import { countBelow } from '../../core/nestedList.ts';
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

const plans = batched<string, Plan>(async (ids, { db }) => {
  const where = { id: { in: [...new Set(ids)] } };
  const accounts = await db.account.findMany({ where, select: { id: true, plan: true } });
  return new Map(accounts.map(({ id, plan }) => [id, plan]));
});

/** Throws NOT_FOUND when the owner, and with them the organization, has just been deleted. */
async function planOf(ownerId: string, context: GraphContext): Promise<Plan> {
  const plan = await plans(ownerId, context);
  if (!plan) throw notFound('Organization');
  return plan;
}

const nodeCountOf = countBelow<number>(async (ids, { db }) => {
  const where = { organizationId: { in: ids } };
  const groups = await db.vpnNode.groupBy({ by: 'organizationId', where, _count: true });
  return groups.map(({ organizationId, _count }) => [organizationId, _count]);
});

const passwordCountOf = countBelow<number>(async (ids, { db }) => {
  const groups = await db.$queryRaw<{ id: number; count: bigint }[]>`
    SELECT n."organizationId" AS "id", count(*) AS "count"
    FROM "VpnNode" n JOIN "VpnPassword" p ON p."nodeId" = n."id"
    WHERE n."organizationId" IN (${Prisma.join(ids)}) GROUP BY n."organizationId"`;
  return groups.map(({ id, count }) => [id, Number(count)]);
});

export const OrganizationType = builder.objectRef<Access>('Organization').implement({
  description: 'Who holds VPN nodes together. Every account has one of its own.',
  fields: (t) => ({
    id: t.exposeInt('id', { description: 'A whole number.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    contactEmail: t.exposeString('contactEmail', { description: 'Where to write to, lower-case.' }),
    status: t.expose('status', { type: OrganizationStatusEnum, description: 'Whether it works.' }),
    role: t.expose('role', { type: MemberRoleEnum, description: 'What you are in it.' }),
    plan: t.field({
      type: PlanEnum,
      description:
        'The plan of the account whose own it is; `FREE` where that account was deleted and others run it.',
      resolve: ({ ownerId }, _args, context) => {
        if (ownerId === null) return 'FREE';
        return context.caller?.account.id === ownerId
          ? context.caller.account.plan
          : planOf(ownerId, context);
      },
    }),
    nodeCount: t.int({
      description: 'How many nodes it has.',
      resolve: ({ id }, _args, context) => nodeCountOf(id, context),
    }),
    passwordCount: t.int({
      description: 'How many passwords its nodes have.',
      resolve: ({ id }, _args, context) => passwordCountOf(id, context),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

/** The payload of a mutation that changes an organization, or the caller's place in it. */
export const organizationPayload = (mutation: string): Payload<{ readonly organization: Access }> => ({
  description: `What \`${mutation}\` returns.`,
  outputFields: (t) => ({
    organization: t.expose('organization', {
      type: OrganizationType,
      description: 'The organization as it is now.',
    }),
  }),
});
