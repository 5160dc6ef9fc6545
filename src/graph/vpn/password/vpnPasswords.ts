import { notFound } from '../../../errors/domainError.ts';
import { Prisma, type VpnPassword } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { listBelow, offsetArgs } from '../../core/nestedList.ts';
import { VpnNodeType } from '../node/type.ts';
import { accessOf } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { organizationReader } from '../rules.ts';
import { vpnServices } from '../vpnServices.ts';
import { maxPasswordsPerNode } from './rules.ts';
import { type PasswordView, VpnPasswordType, viewPassword } from './type.ts';

const VpnPasswordFilter = builder.inputType('VpnPasswordFilter', {
  description: 'Which passwords; those that meet every condition given.',
  fields: (t) => ({
    active: t.boolean({ description: 'That are switched on, or off.' }),
    expired: t.boolean({ description: 'Whose time has ended, or has not.' }),
  }),
});
type Filter = typeof VpnPasswordFilter.$inferInput;

function whereOf({ active, expired }: Filter, now: Date): Prisma.Sql {
  const { sql } = Prisma;
  const isExpired = sql`(c."expiresAt" IS NOT NULL AND c."expiresAt" <= ${now})`;
  const conditions = [
    ...(active == null ? [] : [active ? sql`c."active"` : sql`NOT c."active"`]),
    ...(expired == null ? [] : [expired ? isExpired : sql`NOT ${isExpired}`]),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : sql`1 = 1`;
}

const passwordsOf = listBelow<number, PasswordView, VpnPassword, Filter>({
  table: 'VpnPassword',
  parent: 'nodeId',
  parentType: 'integer',
  idType: 'integer',
  order: 'NEWEST_FIRST',
  read: ({ services }) => {
    const now = new Date();
    return {
      where: (filter) => whereOf(filter, now),
      view: (row) => viewPassword(row, vpnServices({ services }).vault, now),
    };
  },
});

builder.objectField(VpnNodeType, 'passwords', (t) =>
  t.connection({
    type: VpnPasswordType,
    description: `Its passwords, newest first; at most ${maxPasswordsPerNode}.`,
    args: { ...offsetArgs, filter: t.arg({ type: VpnPasswordFilter, description: 'Which passwords.' }) },
    resolve: ({ id }, args, context, info) => passwordsOf(id, args, context, info),
  }),
);

builder.queryField('vpnPassword', (t) =>
  t.field({
    access: organizationReader,
    type: VpnPasswordType,
    nullable: true,
    description: 'Returns one password of a node. Throws NOT_FOUND when it has none of this id.',
    args: {
      ...organizationArgs,
      nodeId: t.arg.int({ required: true, description: 'The node.' }),
      id: t.arg.int({ required: true, description: 'The password.' }),
    },
    resolve: async (_root, { organizationId, nodeId, id }, context) => {
      const access = await accessOf(context, organizationId);
      const where = { id, nodeId, node: { organizationId: access.id } };
      const row = await context.db.vpnPassword.findFirst({ where });
      if (!row) throw notFound('Password');
      return viewPassword(row, vpnServices(context).vault, new Date());
    },
  }),
);
