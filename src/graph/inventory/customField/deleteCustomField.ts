import { notFound } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockLocationAs, requireRole } from '../location/roles.ts';

builder.relayMutationField(
  'deleteCustomField',
  {
    description: 'The custom field to delete.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      id: t.id({ required: true, description: 'The field.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Deletes a custom field with its values on all bins. For administrators of the location.',
    resolve: async (_root, { input: { locationId, id } }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      await context.db.$transaction(async (tx) => {
        await lockLocationAs(tx, caller, locationId, 'ADMIN');
        await tx.bin.updateMany({
          where: { customValues: { some: { fieldId: id, field: { locationId } } } },
          data: { updatedAt: new Date() },
        });
        const { count } = await tx.customField.deleteMany({ where: { id, locationId } });
        if (count === 0) throw notFound('Custom field');
      });
      return { id };
    },
  },
  {
    description: 'What `deleteCustomField` returns.',
    outputFields: (t) => ({
      deletedCustomFieldId: t.exposeID('id', { description: 'The field that is gone.' }),
    }),
  },
);
