import { DomainError } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { literally } from '../../core/like.ts';
import { type NumberedPage, numberedPage, numberedPageArgs } from '../../core/numberedPage.ts';
import { accessOf } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
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

const VpnNodePage = builder.objectRef<NumberedPage<NodeView>>('VpnNodePage').implement({
  description: 'One page of a list of nodes.',
  fields: (t) => ({
    totalCount: t.exposeInt('totalCount', { description: 'How many there are on all pages.' }),
    nodes: t.expose('nodes', { type: [VpnNodeType], description: 'The nodes on this page.' }),
  }),
});

function whereOf(filter: typeof VpnNodeFilter.$inferInput, reading: Reading): Prisma.VpnNodeWhereInput[] {
  const { status, country, search } = filter;
  return [
    status ? whereStatus(status, reading) : {},
    country != null ? { country: country.toLowerCase() } : {},
    search ? { searchText: { contains: literally(search.toLowerCase()) } } : {},
  ];
}

builder.queryFields((t) => ({
  vpnNodes: t.field({
    access: organizationReader,
    type: VpnNodePage,
    description: 'The nodes of an organization, newest first.',
    args: {
      ...organizationArgs,
      ...numberedPageArgs,
      filter: t.arg({ type: VpnNodeFilter, description: 'Which nodes.' }),
    },
    resolve: async (_root, { organizationId, filter, ...args }, context) => {
      const { db, services } = context;
      const page = numberedPage(args);
      const { id } = await accessOf(context, organizationId);
      const reading = readingNow(services.config);
      const where = { AND: [{ organizationId: id }, ...(filter ? whereOf(filter, reading) : [])] };
      const totalCount = await db.vpnNode.count({ where });
      const rows = await db.vpnNode.findMany({ where, orderBy: { id: 'desc' }, ...page });
      return { totalCount, nodes: rows.map((row) => viewNode(row, reading)) };
    },
  }),
  vpnNode: t.field({
    access: organizationReader,
    type: VpnNodeType,
    description: 'One node of an organization.',
    args: { ...organizationArgs, id: t.arg.int({ required: true, description: 'The node.' }) },
    resolve: async (_root, { organizationId, id }, context) => {
      const access = await accessOf(context, organizationId);
      const row = await context.db.vpnNode.findFirst({ where: { id, organizationId: access.id } });
      if (!row) throw new DomainError('NOT_FOUND');
      return viewNode(row, readingNow(context.services.config));
    },
  }),
}));
