import { DomainError } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { type NumberedPage, numberedPage, numberedPageArgs } from '../../core/numberedPage.ts';
import { accessOf } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { organizationReader } from '../rules.ts';
import { assertNode } from './node.ts';
import { VpnPasswordType } from './type.ts';
import { type PasswordView, viewPassword } from './view.ts';

const VpnPasswordFilter = builder.inputType('VpnPasswordFilter', {
  description: 'Which passwords; those that meet every condition given.',
  fields: (t) => ({
    active: t.boolean({ description: 'That are switched on, or off.' }),
    expired: t.boolean({ description: 'Whose time has ended, or has not.' }),
  }),
});

const VpnPasswordPage = builder.objectRef<NumberedPage<PasswordView>>('VpnPasswordPage').implement({
  description: 'One page of a list of passwords.',
  fields: (t) => ({
    totalCount: t.exposeInt('totalCount', { description: 'How many there are on all pages.' }),
    nodes: t.expose('nodes', { type: [VpnPasswordType], description: 'The passwords on this page.' }),
  }),
});

function whereOf(
  { active, expired }: typeof VpnPasswordFilter.$inferInput,
  now: Date,
): Prisma.VpnPasswordWhereInput {
  const end = expired
    ? { expiresAt: { lte: now } }
    : { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  return { ...(active != null && { active }), ...(expired != null && end) };
}

builder.queryFields((t) => ({
  vpnPasswords: t.field({
    access: organizationReader,
    type: VpnPasswordPage,
    description: 'The passwords of a node, newest first.',
    args: {
      ...organizationArgs,
      ...numberedPageArgs,
      nodeId: t.arg.int({ required: true, description: 'The node.' }),
      filter: t.arg({ type: VpnPasswordFilter, description: 'Which passwords.' }),
    },
    resolve: async (_root, { organizationId, nodeId, filter, ...args }, context) => {
      const { db, services } = context;
      const page = numberedPage(args);
      await assertNode(db, nodeId, (await accessOf(context, organizationId)).id);
      const now = new Date();
      const where = { nodeId, ...(filter && whereOf(filter, now)) };
      const totalCount = await db.vpnPassword.count({ where });
      const rows = await db.vpnPassword.findMany({ where, orderBy: { id: 'desc' }, ...page });
      return { totalCount, nodes: rows.map((row) => viewPassword(row, services.vpn.vault, now)) };
    },
  }),
  vpnPassword: t.field({
    access: organizationReader,
    type: VpnPasswordType,
    description: 'One password of a node.',
    args: {
      ...organizationArgs,
      nodeId: t.arg.int({ required: true, description: 'The node.' }),
      id: t.arg.int({ required: true, description: 'The password.' }),
    },
    resolve: async (_root, { organizationId, nodeId, id }, context) => {
      const access = await accessOf(context, organizationId);
      const where = { id, nodeId, node: { organizationId: access.id } };
      const row = await context.db.vpnPassword.findFirst({ where });
      if (!row) throw new DomainError('NOT_FOUND');
      return viewPassword(row, context.services.vpn.vault, new Date());
    },
  }),
}));
