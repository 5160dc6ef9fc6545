import { DomainError } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';

builder.mutationField('deleteCustomField', (t) =>
  t.boolean({
    access: signedIn,
    description: 'Deletes a custom field with its values on all bins. For administrators of the location.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      id: t.arg.id({ required: true, description: 'The field.' }),
    },
    resolve: async (_root, { locationId, id }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      await context.db.$transaction(async (tx) => {
        await lockLocationAs(tx, caller, locationId, 'ADMIN');
        await tx.bin.updateMany({
          where: { customValues: { some: { fieldId: id, field: { locationId } } } },
          data: { updatedAt: new Date() },
        });
        const { count } = await tx.customField.deleteMany({ where: { id, locationId } });
        if (count === 0) throw new DomainError('NOT_FOUND');
      });
      return true;
    },
  }),
);
