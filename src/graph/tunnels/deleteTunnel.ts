import { DomainError } from '../../errors/domainError.ts';
import { signedIn } from '../core/access.ts';
import { builder } from '../core/builder.ts';
import { requireCaller } from '../identity/session/requireCaller.ts';

builder.mutationField('deleteTunnel', (t) =>
  t.boolean({
    access: signedIn,
    description: 'Gives up one of your tunnels: its agent is disconnected and the name is free again.',
    args: { id: t.arg.id({ required: true, description: 'The tunnel.' }) },
    resolve: async (_root, { id }, context) => {
      const accountId = requireCaller(context).account.id;
      const { count } = await context.db.tunnel.deleteMany({ where: { id, accountId } });
      if (count === 0) throw new DomainError('NOT_FOUND');
      return true;
    },
  }),
);
