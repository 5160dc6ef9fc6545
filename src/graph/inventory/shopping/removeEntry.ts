import { DomainError } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { accessEntry, recordCrossedOut } from './access.ts';

builder.mutationField('removeShoppingEntry', (t) =>
  t.boolean({
    access: signedIn,
    description:
      'Takes something off the list, not bought. For members of the location. Throws NOT_FOUND or FORBIDDEN.',
    args: { id: t.arg.id({ required: true, description: 'The entry.' }) },
    resolve: async (_root, { id }, context) => {
      const access = await accessEntry(context, id);
      const { count } = await context.db.shoppingEntry.deleteMany({ where: { id } });
      if (count === 0) throw new DomainError('NOT_FOUND');
      recordCrossedOut(context, access, 'removed');
      return true;
    },
  }),
);
