import { notFound } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';

builder.relayMutationField(
  'deleteVpnPassword',
  {
    description: 'What to delete.',
    inputFields: (t) => ({
      ...organizationField(t),
      nodeId: t.int({ required: true, description: 'The node.' }),
      id: t.int({ required: true, description: 'The password.' }),
    }),
  },
  {
    access: organizationWriter,
    description: 'Deletes a password; the node hears of it in the answer to its next heartbeat.',
    resolve: async (_root, { input: { organizationId, nodeId, id } }, context) => {
      const access = await accessOf(context, organizationId);
      const where = { id, nodeId, node: { organizationId: access.id } };
      const { count } = await context.db.vpnPassword.deleteMany({ where });
      if (count === 0) throw notFound('Password');
      return { deletedVpnPasswordId: id };
    },
  },
  {
    description: 'What `deleteVpnPassword` returns.',
    outputFields: (t) => ({
      deletedVpnPasswordId: t.exposeInt('deletedVpnPasswordId', {
        description: 'The password that is gone.',
      }),
    }),
  },
);
