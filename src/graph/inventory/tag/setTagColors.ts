import { Issues, invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkColor } from '../bin/columns.ts';
import { requireRole } from '../location/roles.ts';
import { changeTags } from './changeTags.ts';
import { checkBulkNames, checkLocationId } from './names.ts';
import { recordBulk } from './recordBulk.ts';

builder.relayMutationField(
  'setTagColors',
  {
    description: 'A color for tags.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      tags: t.stringList({ required: true, description: 'Lower-case letters, digits and hyphens.' }),
      color: t.string({ description: 'As in `createBin`; required, and empty for none.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Gives several tags one color. For members of the location. Throws FORBIDDEN, INVALID_INPUT or SELECTION_TOO_LARGE.',
    resolve: async (_root, { input: { locationId, color, ...input } }, context) => {
      checkLocationId(locationId);
      const tags = checkBulkNames(context, 'tags', input.tags);
      if (color == null) throw invalid('color', 'required', 'is required');
      const issues = new Issues();
      checkColor(issues, color);
      issues.throwIfAny();
      const caller = await requireRole(context, locationId, 'MEMBER');
      await changeTags(context, locationId, (_writer, book) => {
        for (const tag of tags) book.set(tag, { color });
      });
      recordBulk(context, caller, locationId, 'bulk_set_color', { tagsUpdated: tags.length });
      return { tagsUpdated: tags.length };
    },
  },
  {
    description: 'Tags that were given a color.',
    outputFields: (t) => ({
      tagsUpdated: t.exposeInt('tagsUpdated', { description: 'How many tags have the color.' }),
    }),
  },
);
