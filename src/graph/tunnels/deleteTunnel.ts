import { notFound } from '../../errors/domainError.ts';
import { signedIn } from '../core/access.ts';
import { builder } from '../core/builder.ts';
import { payloadOf } from '../core/mutation.ts';
import { requireCaller } from '../identity/session/requireCaller.ts';

const DeleteTunnelInput = builder.inputType('DeleteTunnelInput', {
  description: 'What to give up.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The tunnel.' }) }),
});

builder.mutationField('deleteTunnel', (t) =>
  t.field({
    access: signedIn,
    type: payloadOf<string>('deleteTunnel', 'deletedTunnelId', 'ID', 'The tunnel that is gone.'),
    description: 'Gives up one of your tunnels: its agent is disconnected and the name is free again.',
    args: { input: t.arg({ type: DeleteTunnelInput, required: true, description: 'Which tunnel.' }) },
    resolve: async (_root, { input: { id } }, context) => {
      const accountId = requireCaller(context).account.id;
      const { count } = await context.db.tunnel.deleteMany({ where: { id, accountId } });
      if (count === 0) throw notFound('Tunnel');
      return id;
    },
  }),
);
