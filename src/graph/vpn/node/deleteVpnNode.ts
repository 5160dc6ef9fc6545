import { DomainError } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { accessOf } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';
import { announce } from './announce.ts';

builder.mutationField('deleteVpnNode', (t) =>
  t.boolean({
    access: organizationWriter,
    description: 'Deletes a node with its passwords and history.',
    args: { ...organizationArgs, id: t.arg.int({ required: true, description: 'The node.' }) },
    resolve: async (_root, { organizationId, id }, context) => {
      const access = await accessOf(context, organizationId);
      const { count } = await context.db.vpnNode.deleteMany({ where: { id, organizationId: access.id } });
      if (count === 0) throw new DomainError('NOT_FOUND');
      announce(context.services, { organizationId: access.id, id });
      return true;
    },
  }),
);
