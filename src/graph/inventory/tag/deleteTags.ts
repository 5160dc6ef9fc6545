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

const DeleteTagsPayload = builder.objectRef<Deleted>('DeleteTagsPayload').implement({
  description: 'What went with tags.',
  fields: (t) => ({
    tagsDeleted: t.exposeInt('tagsDeleted', { description: 'Tags that were given, each once.' }),
    binsUpdated: t.int({ description: 'Bins that had one.', resolve: ({ bins }) => bins.all }),
    orphanedChildren: t.exposeInt('orphanedChildren', { description: 'Tags that were under one.' }),
  }),
});

const deleteTags = (context: GraphContext, locationId: string, tags: readonly string[]): Promise<Deleted> =>
  changeTags(context, locationId, async (writer, book) => ({
    tagsDeleted: tags.length,
    orphanedChildren: book.delete(tags),
    bins: await takeTagsOff(writer, tags),
  }));

builder.mutationFields((t) => ({
  deleteTag: t.field({
    access: signedIn,
    type: DeleteTagsPayload,
    description:
      'Takes a tag off all bins that you may see, and away with its color; there may be none. For members of the location.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      tag: t.arg.string({ required: true, description: 'The tag, exactly.' }),
    },
    resolve: async (_root, { locationId, tag }, context) => {
      await requireRole(context, locationId, 'MEMBER');
      return deleteTags(context, locationId, [tag]);
    },
  }),
  deleteTags: t.field({
    access: signedIn,
    type: DeleteTagsPayload,
    description:
      'The same for several tags. For members of the location. Throws FORBIDDEN, INVALID_INPUT or SELECTION_TOO_LARGE.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      tags: t.arg.stringList({ required: true, description: 'Lower-case letters, digits and hyphens.' }),
    },
    resolve: async (_root, { locationId, ...args }, context) => {
      checkLocationId(locationId);
      const tags = checkBulkNames(context, 'tags', args.tags);
      const caller = await requireRole(context, locationId, 'MEMBER');
      const deleted = await deleteTags(context, locationId, tags);
      const { bins, ...counts } = deleted;
      recordBulk(context, caller, locationId, 'bulk_delete', { ...counts, binsUpdated: bins.shared });
      return deleted;
    },
  }),
}));
