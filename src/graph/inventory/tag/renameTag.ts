import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lowerTag, storedNames } from '../../core/text/names.ts';
import { requireRole } from '../location/roles.ts';
import { changeTags } from './changeTags.ts';
import { checkLocationId, checkTagName } from './names.ts';
import { renameOnBins } from './retag.ts';

builder.relayMutationField(
  'renameTag',
  {
    description: 'Another name for a tag.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      oldTag: t.string({ required: true, description: 'The tag, exactly.' }),
      newTag: t.string({
        required: true,
        description:
          'Trimmed and lower-cased; at most 100 characters. A tag that there is already takes the other in.',
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Renames a tag on all bins that you may see, with its color and the tags under it. For members of the location. Throws FORBIDDEN or INVALID_INPUT.',
    resolve: async (_root, { input }, context) => {
      const { locationId, oldTag } = input;
      checkLocationId(locationId);
      checkTagName('oldTag', oldTag);
      const newTag = checkTagName('newTag', lowerTag(input.newTag));
      // Before the role, as documented: nothing is read and nothing is told (OpenBin 25.2).
      if (lowerTag(oldTag) === newTag) return { binsUpdated: 0 };
      await requireRole(context, locationId, 'MEMBER');
      const old = storedNames(oldTag).filter((tag) => tag !== newTag);
      const renamed = await changeTags(context, locationId, (writer, book) => {
        book.merge(old, newTag);
        return renameOnBins(writer, new Map(old.map((tag) => [tag, newTag])));
      });
      return { binsUpdated: renamed.all };
    },
  },
  {
    description: 'What changed when a tag was renamed.',
    outputFields: (t) => ({
      binsUpdated: t.exposeInt('binsUpdated', { description: 'Bins that had the tag.' }),
    }),
  },
);
