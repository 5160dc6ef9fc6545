import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { requireRole } from '../location/roles.ts';
import { changeTags } from './changeTags.ts';

builder.mutationField('clearTagStyle', (t) =>
  t.boolean({
    access: signedIn,
    description:
      'Takes the color of a tag away, and the tag above it; true also when it had neither. For members of the location.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      tag: t.arg.string({ required: true, description: 'The tag.' }),
    },
    resolve: async (_root, { locationId, tag }, context) => {
      await requireRole(context, locationId, 'MEMBER');
      await changeTags(context, locationId, (_writer, book) => book.forget(tag));
      return true;
    },
  }),
);
