import { notFound } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';
import { announce } from './announce.ts';

builder.relayMutationField(
  'deleteVpnNode',
  {
    description: 'What to delete.',
    inputFields: (t) => ({
      ...organizationField(t),
      id: t.int({ required: true, description: 'The node.' }),
    }),
  },
  {
    access: organizationWriter,
    description: 'Deletes a node with its passwords and history.',
    resolve: async (_root, { input: { organizationId, id } }, context) => {
      const access = await accessOf(context, organizationId);
      const { count } = await context.db.vpnNode.deleteMany({ where: { id, organizationId: access.id } });
      if (count === 0) throw notFound('Node');
      announce(context.services, { organizationId: access.id, id });
      return { deletedVpnNodeId: id };
    },
  },
  {
    description: 'What `deleteVpnNode` returns.',
    outputFields: (t) => ({
      deletedVpnNodeId: t.exposeInt('deletedVpnNodeId', { description: 'The node that is gone.' }),
    }),
  },
);
