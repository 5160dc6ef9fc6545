import { z } from 'zod';
import { isJsonObject } from '../../../../graph/core/isJsonObject.ts';

/** How a value of an operation is read; null for one of another type, which the graph refuses after it has seen who calls. */
type Reader<Value> = (value: unknown) => Value | null;

const aText: Reader<string> = (value) => (typeof value === 'string' ? value : null);
const aNumber: Reader<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

function listOf<Value>(read: Reader<Value>): Reader<Value[]> {
  return (value) => {
    if (!Array.isArray(value)) return null;
    const values = value.map(read).filter((one) => one !== null);
    return values.length === value.length ? values : null;
  };
}

/** One of the contract's words as the graph's constant. */
function oneOf<Word extends string>(...words: Word[]): Reader<Uppercase<Word>> {
  return (value) => {
    const word = words.find((each) => each === value);
    return word === undefined ? null : (word.toUpperCase() as Uppercase<Word>);
  };
}

const anItem: Reader<{ name: string; quantity: number | null }> = (value) => {
  if (typeof value === 'string') return { name: value, quantity: null };
  if (!isJsonObject(value) || typeof value.name !== 'string') return null;
  return { name: value.name, quantity: aNumber(value.quantity) };
};

const aFieldValue: Reader<{ fieldId: string; value: string }> = (entry) => {
  const [fieldId, value] = entry as [string, unknown];
  return typeof value === 'string' ? { fieldId, value } : null;
};
const fieldValues: Reader<{ fieldId: string; value: string }[]> = (value) =>
  isJsonObject(value) ? listOf(aFieldValue)(Object.entries(value)) : null;

const types = oneOf(
  'create_bin',
  'update_bin',
  'delete_bin',
  'restore_bin',
  'duplicate_bin',
  'add_items',
  'remove_items',
  'modify_item',
  'set_item_quantity',
  'reorder_items',
  'add_tags',
  'remove_tags',
  'modify_tag',
  'set_tag_color',
  'set_area',
  'set_notes',
  'set_icon',
  'set_color',
  'pin_bin',
  'unpin_bin',
  'rename_area',
  'delete_area',
  'checkout_item',
  'return_item',
);

/** A value that may be missing, for which null stands as well. */
function given<Value>(value: unknown, read: Reader<Value>): Value | null | undefined {
  return value == null ? undefined : read(value);
}

function toOperation(value: unknown) {
  const of = isJsonObject(value) ? value : {};
  return {
    type: types(of.type),
    binId: given(of.bin_id, aText),
    binName: given(of.bin_name, aText),
    name: given(of.name, aText),
    newName: given(of.new_name, aText),
    areaId: given(of.area_id, aText),
    areaName: given(of.area_name, aText),
    tags: given(of.tags, listOf(aText)),
    items: given(of.items, listOf(anItem)),
    itemIds: given(of.item_ids, listOf(aText)),
    notes: given(of.notes, aText),
    mode: given(of.mode, oneOf('set', 'append', 'clear')),
    icon: given(of.icon, aText),
    color: given(of.color, aText),
    cardStyle: given(of.card_style, aText),
    visibility: given(of.visibility, oneOf('location', 'private')),
    customFields: given(of.custom_fields, fieldValues),
    oldItem: given(of.old_item, aText),
    newItem: given(of.new_item, aText),
    itemName: given(of.item_name, aText),
    quantity: given(of.quantity, aNumber),
    tag: given(of.tag, aText),
    oldTag: given(of.old_tag, aText),
    newTag: given(of.new_tag, aText),
    targetBinId: given(of.target_bin_id, aText),
  };
}

/** One more than the graph takes: enough for it to refuse them, however many there are. */
const enough = 51;

/** The operations of a batch (22); what is no list is an empty one, which the graph refuses. */
export const operations = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? value.slice(0, enough).map(toOperation) : []));
