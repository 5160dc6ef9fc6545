import { notFound } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { accessEntry, recordCrossedOut } from './access.ts';

builder.relayMutationField(
  'removeShoppingEntry',
  {
    description: 'An entry of the list.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The entry.' }) }),
  },
  {
    access: signedIn,
    description:
      'Takes something off the list, not bought. For members of the location. Throws NOT_FOUND or FORBIDDEN.',
    resolve: async (_root, { input: { id } }, context) => {
      const access = await accessEntry(context, id);
      const { count } = await context.db.shoppingEntry.deleteMany({ where: { id } });
      if (count === 0) throw notFound('Shopping entry');
      recordCrossedOut(context, access, 'removed');
      return { deletedShoppingEntryId: id };
    },
  },
  {
    description: 'An entry that is off the list.',
    outputFields: (t) => ({
      deletedShoppingEntryId: t.exposeID('deletedShoppingEntryId', {
        description: 'The entry that was taken off the list.',
      }),
    }),
  },
);
