import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { requireRole } from '../location/roles.ts';
import { changeTags } from './changeTags.ts';
import { checkBulkName, checkBulkNames, checkLocationId } from './names.ts';
import { recordBulk } from './recordBulk.ts';
import { renameOnBins } from './retag.ts';

builder.relayMutationField(
  'mergeTags',
  {
    description: 'Tags that become one.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      fromTags: t.stringList({ required: true, description: 'Lower-case letters, digits and hyphens.' }),
      toTag: t.string({ required: true, description: 'The tag that stays.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Makes one tag of several on all bins that you may see. It keeps its color, or takes the first that there is. For members of the location. Throws FORBIDDEN, INVALID_INPUT or SELECTION_TOO_LARGE.',
    resolve: async (_root, { input: { locationId, fromTags, toTag } }, context) => {
      checkLocationId(locationId);
      const names = checkBulkNames(context, 'fromTags', fromTags);
      checkBulkName(['toTag'], toTag);
      const from = names.filter((tag) => tag !== toTag);
      if (from.length === 0) throw invalid('fromTags', 'range', 'must have an entry other than toTag');
      const caller = await requireRole(context, locationId, 'MEMBER');
      const { bins, childrenReassigned } = await changeTags(context, locationId, async (writer, book) => ({
        childrenReassigned: book.merge(from, toTag),
        bins: await renameOnBins(writer, new Map(from.map((tag) => [tag, toTag]))),
      }));
      recordBulk(context, caller, locationId, 'bulk_merge', {
        tagsMerged: 1,
        childrenReassigned,
        binsUpdated: bins.shared,
      });
      return { binsUpdated: bins.all, childrenReassigned };
    },
  },
  {
    description: 'What changed when tags became one.',
    outputFields: (t) => ({
      binsUpdated: t.exposeInt('binsUpdated', { description: 'Bins that had one of those that are gone.' }),
      childrenReassigned: t.exposeInt('childrenReassigned', {
        description: 'Tags that were under one of those that are gone.',
      }),
    }),
  },
);
