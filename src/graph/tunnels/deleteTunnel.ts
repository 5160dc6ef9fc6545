import { notFound } from '../../errors/domainError.ts';
import { verified } from '../core/access.ts';
import { builder } from '../core/builder.ts';
import { requireCaller } from '../identity/session/requireCaller.ts';

builder.relayMutationField(
  'deleteTunnel',
  {
    description: 'What to give up.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The tunnel.' }) }),
  },
  {
    access: verified,
    description: 'Gives up one of your tunnels: its agent is disconnected and the name is free again.',
    resolve: async (_root, { input: { id } }, context) => {
      const accountId = requireCaller(context).account.id;
      const { count } = await context.db.tunnel.deleteMany({ where: { id, accountId } });
      if (count === 0) throw notFound('Tunnel');
      return { deletedTunnelId: id };
    },
  },
  {
    description: 'What `deleteTunnel` returns.',
    outputFields: (t) => ({
      deletedTunnelId: t.exposeID('deletedTunnelId', { description: 'The tunnel that is gone.' }),
    }),
  },
);
