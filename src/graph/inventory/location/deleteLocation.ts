import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockLocationAs, requireRole } from './roles.ts';

builder.mutationField('deleteLocation', (t) =>
  t.boolean({
    access: signedIn,
    description: 'Deletes a location with everything in it, for all of its members. For its administrators.',
    args: { id: t.arg.id({ required: true, description: 'The location.' }) },
    resolve: async (_root, { id }, context) => {
      const caller = await requireRole(context, id, 'ADMIN');
      const active = await context.db.$transaction(async (tx) => {
        await lockLocationAs(tx, caller, id, 'ADMIN');
        const accounts = await tx.account.findMany({ where: { activeLocationId: id }, select: { id: true } });
        await tx.location.delete({ where: { id } });
        return accounts;
      });
      for (const account of active) await context.services.credentials.forget(account.id);
      return true;
    },
  }),
);
