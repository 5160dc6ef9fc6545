import { DomainError } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { accessOf } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';

builder.mutationField('deleteVpnPassword', (t) =>
  t.boolean({
    access: organizationWriter,
    description: 'Deletes a password; the node hears of it in the answer to its next heartbeat.',
    args: {
      ...organizationArgs,
      nodeId: t.arg.int({ required: true, description: 'The node.' }),
      id: t.arg.int({ required: true, description: 'The password.' }),
    },
    resolve: async (_root, { organizationId, nodeId, id }, context) => {
      const access = await accessOf(context, organizationId);
      const where = { id, nodeId, node: { organizationId: access.id } };
      const { count } = await context.db.vpnPassword.deleteMany({ where });
      if (count === 0) throw new DomainError('NOT_FOUND');
      return true;
    },
  }),
);
