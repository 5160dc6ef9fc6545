import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { requireRole } from '../location/roles.ts';
import { assertPlaces } from './assertPlaces.ts';
import { changeTags } from './changeTags.ts';
import { checkBulkName, checkBulkNames, checkLocationId } from './names.ts';
import { recordBulk } from './recordBulk.ts';

builder.relayMutationField(
  'setTagParents',
  {
    description: 'A place for tags.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      tags: t.stringList({ required: true, description: 'Lower-case letters, digits and hyphens.' }),
      parentTag: t.string({ description: 'A tag that is under no other; null for none. Required.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Puts tags under another one, or under none; those without a color or parent of their own are left out. For members of the location. Throws FORBIDDEN, INVALID_INPUT, SELECTION_TOO_LARGE or TAG_CYCLE.',
    resolve: async (_root, { input: { locationId, parentTag, ...input } }, context) => {
      checkLocationId(locationId);
      const tags = checkBulkNames(context, 'tags', input.tags);
      if (parentTag === undefined) throw invalid('parentTag', 'required', 'is required');
      if (parentTag !== null) checkBulkName(['parentTag'], parentTag);
      if (parentTag !== null && tags.includes(parentTag)) throw new DomainError('TAG_CYCLE');
      const caller = await requireRole(context, locationId, 'MEMBER');
      const tagsUpdated = await changeTags(context, locationId, (_writer, book) => {
        const known = tags.filter((tag) => book.get(tag));
        for (const tag of known) book.set(tag, { parentTag });
        assertPlaces(book, known, ['parentTag']);
        return known.length;
      });
      if (tagsUpdated > 0) recordBulk(context, caller, locationId, 'bulk_set_parent', { tagsUpdated });
      return { tagsUpdated };
    },
  },
  {
    description: 'Tags that were given a place.',
    outputFields: (t) => ({
      tagsUpdated: t.exposeInt('tagsUpdated', { description: 'How many tags were found.' }),
    }),
  },
);
