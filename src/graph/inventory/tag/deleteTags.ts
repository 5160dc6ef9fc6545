import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { requireRole } from '../location/roles.ts';
import { changeTags } from './changeTags.ts';
import { checkBulkNames, checkLocationId } from './names.ts';
import { recordBulk } from './recordBulk.ts';
import { type Touched, takeTagsOff } from './retag.ts';

interface Deleted {
  readonly tagsDeleted: number;
  readonly bins: Touched;
  readonly orphanedChildren: number;
}

const deleteTags = (context: GraphContext, locationId: string, tags: readonly string[]): Promise<Deleted> =>
  changeTags(context, locationId, async (writer, book) => ({
    tagsDeleted: tags.length,
    orphanedChildren: book.delete(tags),
    bins: await takeTagsOff(writer, tags),
  }));

builder.relayMutationField(
  'deleteTag',
  {
    description: 'A tag of a location.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      tag: t.string({ required: true, description: 'The tag, exactly.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Takes a tag off all bins that you may see, and away with its color; there may be none. For members of the location.',
    resolve: async (_root, { input: { locationId, tag } }, context) => {
      await requireRole(context, locationId, 'MEMBER');
      return deleteTags(context, locationId, [tag]);
    },
  },
  {
    description: 'What went with a tag.',
    outputFields: (t) => ({
      binsUpdated: t.int({ description: 'Bins that had it.', resolve: ({ bins }) => bins.all }),
      orphanedChildren: t.exposeInt('orphanedChildren', { description: 'Tags that were under it.' }),
    }),
  },
);

builder.relayMutationField(
  'deleteTags',
  {
    description: 'Tags of a location.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      tags: t.stringList({ required: true, description: 'Lower-case letters, digits and hyphens.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Does the same as `deleteTag` for several tags. For members of the location. Throws FORBIDDEN, INVALID_INPUT or SELECTION_TOO_LARGE.',
    resolve: async (_root, { input: { locationId, ...input } }, context) => {
      checkLocationId(locationId);
      const tags = checkBulkNames(context, 'tags', input.tags);
      const caller = await requireRole(context, locationId, 'MEMBER');
      const deleted = await deleteTags(context, locationId, tags);
      const { bins, ...counts } = deleted;
      recordBulk(context, caller, locationId, 'bulk_delete', { ...counts, binsUpdated: bins.shared });
      return deleted;
    },
  },
  {
    description: 'What went with tags.',
    outputFields: (t) => ({
      tagsDeleted: t.exposeInt('tagsDeleted', { description: 'Tags that were given, each once.' }),
      binsUpdated: t.int({ description: 'Bins that had one.', resolve: ({ bins }) => bins.all }),
      orphanedChildren: t.exposeInt('orphanedChildren', { description: 'Tags that were under one.' }),
    }),
  },
);
