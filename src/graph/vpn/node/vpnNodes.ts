import { notFound } from '../../../errors/domainError.ts';
import { Prisma, type VpnNode } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { literally } from '../../core/like.ts';
import { listBelow, offsetArgs } from '../../core/nestedList.ts';
import { foldedKeys } from '../../core/text/search.ts';
import { accessOf } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { maxNodes } from '../organization/rules.ts';
import { OrganizationType } from '../organization/type.ts';
import { organizationReader } from '../rules.ts';
import type { Reading } from './effectiveStatus.ts';
import { whereStatus } from './statusFilter.ts';
import { VpnNodeStatusEnum, VpnNodeType } from './type.ts';
import { type NodeView, readingNow, viewNode } from './view.ts';

const VpnNodeFilter = builder.inputType('VpnNodeFilter', {
  description: 'Which nodes; those that meet every condition given.',
  fields: (t) => ({
    status: t.field({ type: VpnNodeStatusEnum, description: 'That are this now.' }),
    country: t.string({ description: 'In this country.' }),
    search: t.string({ description: 'Whose name or host contains this, in any case.' }),
  }),
});
type Filter = typeof VpnNodeFilter.$inferInput;

/** Rows that are not normalised yet are found as well. */
function holds(search: string): Prisma.Sql {
  const { sql, join } = Prisma;
  const forms = foldedKeys(search).map((key) => sql`c."searchText" LIKE ${`%${literally(key)}%`}`);
  return sql`(${join(forms, ' OR ')})`;
}

function whereOf({ status, country, search }: Filter, reading: Reading): Prisma.Sql {
  const { sql } = Prisma;
  const conditions = [
    ...(status ? [whereStatus(status, reading)] : []),
    ...(country != null ? [sql`c."country" = ${country.toLowerCase()}`] : []),
    ...(search ? [holds(search)] : []),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : sql`1 = 1`;
}

const nodesOf = listBelow<number, NodeView, VpnNode, Filter>({
  table: 'VpnNode',
  parent: 'organizationId',
  parentType: 'integer',
  idType: 'integer',
  order: 'NEWEST_FIRST',
  read: ({ services }) => {
    const reading = readingNow(services.config);
    return { where: (filter) => whereOf(filter, reading), view: (row) => viewNode(row, reading) };
  },
});

builder.objectField(OrganizationType, 'vpnNodes', (t) =>
  t.connection({
    type: VpnNodeType,
    description: `Its nodes, newest first; at most ${maxNodes}.`,
    args: { ...offsetArgs, filter: t.arg({ type: VpnNodeFilter, description: 'Which nodes.' }) },
    resolve: ({ id }, args, context, info) => nodesOf(id, args, context, info),
  }),
);

builder.queryField('vpnNode', (t) =>
  t.field({
    access: organizationReader,
    type: VpnNodeType,
    nullable: true,
    description: 'Returns one node of an organization. Throws NOT_FOUND when it has none of this id.',
    args: { ...organizationArgs, id: t.arg.int({ required: true, description: 'The node.' }) },
    resolve: async (_root, { organizationId, id }, context) => {
      const access = await accessOf(context, organizationId);
      const row = await context.db.vpnNode.findFirst({ where: { id, organizationId: access.id } });
      if (!row) throw notFound('Node');
      return viewNode(row, readingNow(context.services.config));
    },
  }),
);
