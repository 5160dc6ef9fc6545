import { notFound } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { payloadOf } from '../../core/mutation.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';
import { announce } from './announce.ts';

const DeleteVpnNodeInput = builder.inputType('DeleteVpnNodeInput', {
  description: 'What to delete.',
  fields: (t) => ({ ...organizationField(t), id: t.int({ required: true, description: 'The node.' }) }),
});

builder.mutationField('deleteVpnNode', (t) =>
  t.field({
    access: organizationWriter,
    type: payloadOf<number>('deleteVpnNode', 'deletedVpnNodeId', 'Int', 'The node that is gone.'),
    description: 'Deletes a node with its passwords and history.',
    args: { input: t.arg({ type: DeleteVpnNodeInput, required: true, description: 'Which node.' }) },
    resolve: async (_root, { input: { organizationId, id } }, context) => {
      const access = await accessOf(context, organizationId);
      const { count } = await context.db.vpnNode.deleteMany({ where: { id, organizationId: access.id } });
      if (count === 0) throw notFound('Node');
      announce(context.services, { organizationId: access.id, id });
      return id;
    },
  }),
);
