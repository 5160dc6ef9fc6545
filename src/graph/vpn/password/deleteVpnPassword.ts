import { notFound } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { payloadOf } from '../../core/mutation.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';

const DeleteVpnPasswordInput = builder.inputType('DeleteVpnPasswordInput', {
  description: 'What to delete.',
  fields: (t) => ({
    ...organizationField(t),
    nodeId: t.int({ required: true, description: 'The node.' }),
    id: t.int({ required: true, description: 'The password.' }),
  }),
});

builder.mutationField('deleteVpnPassword', (t) =>
  t.field({
    access: organizationWriter,
    type: payloadOf<number>('deleteVpnPassword', 'deletedVpnPasswordId', 'Int', 'The password that is gone.'),
    description: 'Deletes a password; the node hears of it in the answer to its next heartbeat.',
    args: { input: t.arg({ type: DeleteVpnPasswordInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input: { organizationId, nodeId, id } }, context) => {
      const access = await accessOf(context, organizationId);
      const where = { id, nodeId, node: { organizationId: access.id } };
      const { count } = await context.db.vpnPassword.deleteMany({ where });
      if (count === 0) throw notFound('Password');
      return id;
    },
  }),
);
