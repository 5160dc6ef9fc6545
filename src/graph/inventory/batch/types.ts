import { builder } from '../../core/builder.ts';
import { BinItemInput, FieldValueInput } from '../bin/inputs.ts';
import { BinVisibilityEnum } from '../bin/type.ts';

/** What an operation of a batch may do, with the words that say so (OpenBin 22). */
const descriptions = {
  CREATE_BIN: 'Makes a bin.',
  UPDATE_BIN: 'Changes a bin; by who made it, or an administrator.',
  DELETE_BIN: 'Puts a bin into the trash; by an administrator.',
  RESTORE_BIN: 'Takes a bin out of the trash; by an administrator.',
  DUPLICATE_BIN: 'Makes a copy of a bin, without its custom fields.',
  ADD_ITEMS: 'Puts items at the end of a bin.',
  REMOVE_ITEMS: 'Deletes items by their names, without regard to case.',
  MODIFY_ITEM: 'Renames all items of a name, without regard to case.',
  SET_ITEM_QUANTITY: 'Counts an item; 0 and less deletes it.',
  REORDER_ITEMS: 'Gives items the places 0, 1, …',
  ADD_TAGS: 'Adds tags to a bin.',
  REMOVE_TAGS: 'Takes tags off a bin, without regard to case.',
  MODIFY_TAG: 'Changes a tag of one bin.',
  SET_TAG_COLOR: 'Gives a tag a color in the whole location.',
  SET_AREA: 'Puts a bin into an area, or into none.',
  SET_NOTES: 'Writes the notes of a bin.',
  SET_ICON: 'Gives a bin a picture.',
  SET_COLOR: 'Gives a bin a color.',
  PIN_BIN: 'Pins a bin for you; the usual limit does not count.',
  UNPIN_BIN: 'Takes your pin off a bin.',
  RENAME_AREA: 'Renames an area; by an administrator.',
  DELETE_AREA: 'Deletes an area and all below it; by an administrator.',
  CHECKOUT_ITEM: 'Takes an item out of its bin.',
  RETURN_ITEM: 'Brings an item back, to its bin or another.',
} as const;

/** The name of what an operation does. */
export type OperationType = keyof typeof descriptions;

type Values = { readonly [Type in OperationType]: { readonly description: string } };

export const BatchOperationType = builder.enumType('BatchOperationType', {
  description: 'What an operation of a batch does.',
  values: Object.fromEntries(
    Object.entries(descriptions).map(([type, description]) => [type, { description }]),
  ) as Values,
});

const NotesModeEnum = builder.enumType('NotesMode', {
  description: 'How notes are written.',
  values: {
    SET: { description: 'In the place of what is there.' },
    APPEND: { description: 'On a new line after what is there.' },
    CLEAR: { description: 'Away with what is there.' },
  } as const,
});

export const BatchOperationInput = builder.inputType('BatchOperationInput', {
  description:
    'One operation of a batch. Each type has its own fields; a field of its own that is null is refused, others do not matter.',
  fields: (t) => ({
    type: t.field({ type: BatchOperationType, description: 'What it does; required.' }),
    binId: t.id({ description: 'The bin; required by all that work on one.' }),
    binName: t.string({ description: 'What to call the bin in the result.' }),
    name: t.string({ description: 'The name of a bin.' }),
    newName: t.string({ description: 'The name of a copy, or the new one of an area.' }),
    areaId: t.id({ description: 'An area of the location.' }),
    areaName: t.string({
      description: 'An area by its name, which is made if there is none; empty for none.',
    }),
    tags: t.stringList({ description: 'Tags.' }),
    items: t.field({ type: [BinItemInput], description: 'At most 500 items.' }),
    itemIds: t.idList({ description: 'Items of the bin, at most 500, in their order.' }),
    notes: t.string({ description: 'Notes.' }),
    mode: t.field({ type: NotesModeEnum, description: 'How notes are written.' }),
    icon: t.string({ description: 'At most 100 characters.' }),
    color: t.string({ description: 'At most 50 characters; also the name of a color.' }),
    cardStyle: t.string({ description: 'As in `createBin`.' }),
    visibility: t.field({ type: BinVisibilityEnum, description: 'PRIVATE only by who made the bin.' }),
    customFields: t.field({ type: [FieldValueInput], description: 'All values.' }),
    oldItem: t.string({ description: 'The name of items that there are.' }),
    newItem: t.string({ description: 'Their new name.' }),
    itemName: t.string({ description: 'The name of an item, without regard to case.' }),
    quantity: t.float({ description: 'How many; rounded down.' }),
    tag: t.string({ description: 'A tag.' }),
    oldTag: t.string({ description: 'A tag that the bin has, without regard to case.' }),
    newTag: t.string({ description: 'The tag in its place.' }),
    targetBinId: t.id({ description: 'Another bin of the location, to bring an item to.' }),
  }),
});

/** An operation as it comes. */
export type OperationInput = typeof BatchOperationInput.$inferInput;

/** What became of an operation. */
export interface OperationResult {
  readonly type: OperationType;
  readonly succeeded: boolean;
  /** What was done, or why it was not. */
  readonly details: string;
  readonly binId?: string | undefined;
  readonly binName?: string | undefined;
}

export const BatchResultType = builder.objectRef<OperationResult>('BatchResult').implement({
  description: 'What became of an operation of a batch.',
  fields: (t) => ({
    type: t.expose('type', { type: BatchOperationType, description: 'What it was to do.' }),
    succeeded: t.exposeBoolean('succeeded', { description: 'False when it failed and changed nothing.' }),
    details: t.exposeString('details', { description: 'What was done, or why it was not.' }),
    binId: t.exposeID('binId', {
      nullable: true,
      description: 'The bin, the new one where one was made; null for a failure and where there is none.',
    }),
    binName: t.exposeString('binName', { nullable: true, description: 'What the operation calls that bin.' }),
  }),
});
