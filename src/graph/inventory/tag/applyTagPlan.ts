import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { requireRole } from '../location/roles.ts';
import { assertPlaces } from './assertPlaces.ts';
import { changeTags } from './changeTags.ts';
import { checkPlan, type TagPlan } from './checkPlan.ts';
import { planFields } from './planInputs.ts';
import { recordBulk } from './recordBulk.ts';
import {
  assertTagCounts,
  assertVisible,
  pullTagsOff,
  putTagsOn,
  renameOnBins,
  type TagWriter,
  type Touched,
} from './retag.ts';
import { roundsOf } from './rounds.ts';
import type { StyleBook } from './styleBook.ts';

interface Applied {
  readonly tagsCreated: number;
  readonly tagsRenamed: number;
  readonly parentsSet: number;
  readonly addedTo: Touched;
  readonly removedFrom: Touched;
}

function place(book: StyleBook, { newTags, parents }: TagPlan): void {
  for (const { tag, parent } of newTags) book.set(tag, parent ? { parentTag: parent } : {});
  for (const [tag, parentTag] of parents) book.set(tag, { parentTag });
  assertPlaces(book, [...newTags.map(({ tag }) => tag), ...parents.keys()], ['taxonomy', 'parents']);
}

async function apply(writer: TagWriter, book: StyleBook, plan: TagPlan): Promise<Applied> {
  await assertVisible(writer, plan.binIds);
  for (const { from, to } of plan.merges) book.merge(from, to);
  for (const names of roundsOf(plan.merges)) await renameOnBins(writer, names);
  place(book, plan);
  const addedTo = await putTagsOn(writer, plan.add);
  const removedFrom = await pullTagsOff(writer, plan.remove);
  await assertTagCounts(writer, plan.binIds);
  return {
    tagsCreated: plan.newTags.length,
    tagsRenamed: plan.renameCount,
    parentsSet: plan.parents.size,
    addedTo,
    removedFrom,
  };
}

builder.relayMutationField(
  'applyTagPlan',
  {
    description: 'A plan for the tags of a location: all of it is done, or nothing.',
    inputFields: planFields,
  },
  {
    access: signedIn,
    description:
      'Renames, merges, makes and places tags, and then adds and removes them on bins: all of it or nothing. For members of the location. Throws FORBIDDEN, INVALID_INPUT, SELECTION_TOO_LARGE or TAG_CYCLE.',
    resolve: async (_root, { input }, context) => {
      const plan = checkPlan(context, input);
      const { locationId } = plan;
      const caller = await requireRole(context, locationId, 'MEMBER');
      const applied = await changeTags(context, locationId, (writer, book) => apply(writer, book, plan));
      const { addedTo, removedFrom, ...counts } = applied;
      recordBulk(context, caller, locationId, 'bulk_suggest', {
        ...counts,
        binsAddedTo: addedTo.shared,
        binsRemovedFrom: removedFrom.shared,
      });
      return applied;
    },
  },
  {
    description: 'What a plan for tags did.',
    outputFields: (t) => ({
      tagsCreated: t.exposeInt('tagsCreated', { description: 'New tags that were given.' }),
      tagsRenamed: t.exposeInt('tagsRenamed', { description: 'Renamings that were given.' }),
      parentsSet: t.exposeInt('parentsSet', { description: 'Tags that were given a place.' }),
      binsAddedTo: t.int({ description: 'Bins that got a tag.', resolve: ({ addedTo }) => addedTo.all }),
      binsRemovedFrom: t.int({
        description: 'Bins that lost one.',
        resolve: ({ removedFrom }) => removedFrom.all,
      }),
    }),
  },
);
