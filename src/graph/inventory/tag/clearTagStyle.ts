import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { storedNames, tidyKeepingSpace } from '../../core/text/names.ts';
import { requireRole } from '../location/roles.ts';
import { changeTags } from './changeTags.ts';

builder.relayMutationField(
  'clearTagStyle',
  {
    description: 'A tag of a location.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      tag: t.string({ required: true, description: 'The tag.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Takes the color of a tag away, and the tag above it; true also when it had neither. For members of the location.',
    resolve: async (_root, { input: { locationId, tag } }, context) => {
      await requireRole(context, locationId, 'MEMBER');
      await changeTags(context, locationId, (_writer, book) => {
        for (const stored of [...storedNames(tag), tidyKeepingSpace(tag)]) book.forget(stored);
      });
      return { tag };
    },
  },
  {
    description: 'A tag without a style.',
    outputFields: (t) => ({
      tag: t.exposeString('tag', { description: 'The tag, which has neither a color nor a tag above it.' }),
    }),
  },
);
