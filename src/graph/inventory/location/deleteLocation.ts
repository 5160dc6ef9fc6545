import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockLocationAs, requireRole } from './roles.ts';

builder.relayMutationField(
  'deleteLocation',
  {
    description: 'The location to delete.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The location.' }) }),
  },
  {
    access: signedIn,
    description: 'Deletes a location with everything in it, for all of its members. For its administrators.',
    resolve: async (_root, { input: { id } }, context) => {
      const caller = await requireRole(context, id, 'ADMIN');
      const active = await context.db.$transaction(async (tx) => {
        await lockLocationAs(tx, caller, id, 'ADMIN');
        const accounts = await tx.account.findMany({ where: { activeLocationId: id }, select: { id: true } });
        await tx.location.delete({ where: { id } });
        return accounts;
      });
      for (const account of active) await context.services.credentials.forget(account.id);
      return { id };
    },
  },
  {
    description: 'What `deleteLocation` returns.',
    outputFields: (t) => ({
      deletedLocationId: t.exposeID('id', { description: 'The location that is gone.' }),
    }),
  },
);
