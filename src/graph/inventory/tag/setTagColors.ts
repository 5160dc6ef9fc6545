import { Issues, invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkColor } from '../bin/fields.ts';
import { requireRole } from '../location/roles.ts';
import { changeTags } from './changeTags.ts';
import { checkBulkNames, checkLocationId } from './names.ts';
import { recordBulk } from './recordBulk.ts';

builder.mutationField('setTagColors', (t) =>
  t.int({
    access: signedIn,
    description:
      'Gives several tags one color; answers how many. For members of the location. Throws FORBIDDEN, INVALID_INPUT or SELECTION_TOO_LARGE.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      tags: t.arg.stringList({ required: true, description: 'Lower-case letters, digits and hyphens.' }),
      color: t.arg.string({ description: 'As in `createBin`; required, and empty for none.' }),
    },
    resolve: async (_root, { locationId, color, ...args }, context) => {
      checkLocationId(locationId);
      const tags = checkBulkNames(context, 'tags', args.tags);
      if (color == null) throw invalid('color', 'required', 'is required');
      const issues = new Issues();
      checkColor(issues, color);
      issues.throwIfAny();
      const caller = await requireRole(context, locationId, 'MEMBER');
      await changeTags(context, locationId, (_writer, book) => {
        for (const tag of tags) book.set(tag, { color });
      });
      recordBulk(context, caller, locationId, 'bulk_set_color', { tagsUpdated: tags.length });
      return tags.length;
    },
  }),
);
