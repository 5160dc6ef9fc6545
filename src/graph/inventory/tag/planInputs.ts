import { builder } from '../../core/builder.ts';
import { inputFieldsOf } from '../../core/mutation.ts';

const PlacedTagInput = builder.inputType('PlacedTagInput', {
  description: 'A tag and the one above it.',
  fields: (t) => ({
    tag: t.string({ required: true, description: 'The tag.' }),
    parent: t.string({ description: 'The tag above it; null for none.' }),
  }),
});

const TagRenamingInput = builder.inputType('TagRenamingInput', {
  description: 'Another name for a tag.',
  fields: (t) => ({
    from: t.string({ required: true, description: 'The tag.' }),
    to: t.string({ required: true, description: 'Its new name; a tag that there is already takes it in.' }),
  }),
});

const TagMergerInput = builder.inputType('TagMergerInput', {
  description: 'Tags that become one.',
  fields: (t) => ({
    from: t.stringList({ required: true, description: 'Those that go.' }),
    to: t.string({ required: true, description: 'The one that stays.' }),
  }),
});

const BinTagsInput = builder.inputType('BinTagsInput', {
  description: 'Tags of one bin.',
  fields: (t) => ({
    binId: t.id({ required: true, description: 'A bin of the location that you may see.' }),
    tags: t.stringList({ required: true, description: 'The tags.' }),
  }),
});

const TagTaxonomyInput = builder.inputType('TagTaxonomyInput', {
  description: 'Changes to the tags themselves, in the order in which they are made.',
  fields: (t) => ({
    renames: t.field({ type: [TagRenamingInput], description: 'Other names.' }),
    merges: t.field({ type: [TagMergerInput], description: 'Several that become one.' }),
    newTags: t.field({ type: [PlacedTagInput], description: 'Tags to have, whether or not a bin has them.' }),
    parents: t.field({ type: [PlacedTagInput], description: 'Where tags are to stand.' }),
  }),
});

const TagAssignmentsInput = builder.inputType('TagAssignmentsInput', {
  description: 'Changes to the tags of bins; what is added comes first.',
  fields: (t) => ({
    add: t.field({ type: [BinTagsInput], description: 'Tags for bins.' }),
    remove: t.field({ type: [BinTagsInput], description: 'Tags to take off bins.' }),
  }),
});

export const planFields = inputFieldsOf((t) => ({
  locationId: t.id({ required: true, description: 'The location.' }),
  taxonomy: t.field({ type: TagTaxonomyInput, required: true, description: 'The tags.' }),
  assignments: t.field({ type: TagAssignmentsInput, required: true, description: 'The bins.' }),
}));
