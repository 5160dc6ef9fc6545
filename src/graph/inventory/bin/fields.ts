import type { Issues } from '../../../errors/issues.ts';
import { tidyInside } from '../../core/text/names.ts';

/** The name of a bin (OpenBin 10.2). */
export const binNameRule = { required: true, maxLength: 255 };
const maxItems = 500;
/** The name of an item (OpenBin 10.2). */
export const itemNameRule = { required: true, maxLength: 500 };
/** The most tags of one bin. */
export const maxTags = 50;
/** The longest tag, in characters. */
export const tagMaxLength = 100;
const maxCustomFields = 50;
const fieldIdMaxLength = 100;
const fieldValueMaxLength = 2000;

/** An item that is to be made; a quantity of null leaves it uncounted. */
export interface NewItem {
  readonly name: string;
  readonly quantity: number | null;
}

/** A whole quantity of at least 1, or null for what is no number; at most what the database holds. */
export function wholeQuantity(quantity: number | null | undefined): number | null {
  if (quantity == null || !Number.isFinite(quantity)) return null;
  return Math.min(2 ** 31 - 1, Math.max(1, Math.floor(quantity)));
}

/** Items with a name, tidied; notes an issue for too many or a name that is too long (OpenBin 10.2). */
export function checkItems(
  issues: Issues,
  items: readonly { readonly name: string; readonly quantity?: number | null | undefined }[],
): NewItem[] {
  if (items.length > maxItems) issues.add('items', 'too_long', `must have at most ${maxItems} entries`);
  const tidy = items.map(({ name, quantity }) => ({
    name: tidyInside(name),
    quantity: wholeQuantity(quantity),
  }));
  const tooLong = tidy.findIndex(({ name }) => [...name].length > itemNameRule.maxLength);
  if (tooLong !== -1) {
    issues.add(
      ['items', tooLong, 'name'],
      'too_long',
      `must have at most ${itemNameRule.maxLength} characters`,
    );
  }
  return tidy.filter(({ name }) => name !== '');
}

/** Tags, tidied, each once; notes an issue for too many or one that is too long (OpenBin 10.2). */
export function checkTags(issues: Issues, tags: readonly string[]): string[] {
  if (tags.length > maxTags) issues.add('tags', 'too_long', `must have at most ${maxTags} entries`);
  return tidyTags(issues, tags);
}

/** The same for any number of them. */
export function tidyTags(issues: Issues, tags: readonly string[]): string[] {
  const tidy = tags.map(tidyInside);
  const tooLong = tidy.findIndex((tag) => [...tag].length > tagMaxLength);
  if (tooLong !== -1) {
    issues.add(['tags', tooLong], 'too_long', `must have at most ${tagMaxLength} characters`);
  }
  return [...new Set(tidy.filter((tag) => tag !== ''))];
}

/** The value of a custom field. */
export interface FieldValue {
  readonly fieldId: string;
  readonly value: string;
}

/** Values that are not empty, by field; notes an issue for too many or too long ones (OpenBin 10.2). */
export function checkCustomFields(issues: Issues, values: readonly FieldValue[]): Map<string, string> {
  if (values.length > maxCustomFields) {
    issues.add('customFields', 'too_long', `must have at most ${maxCustomFields} entries`);
  }
  for (const { fieldId, value } of values) {
    if (fieldId.length > fieldIdMaxLength) {
      issues.add('customFields', 'too_long', `must have keys of at most ${fieldIdMaxLength} characters`);
    }
    if ([...value].length > fieldValueMaxLength) {
      issues.add('customFields', 'too_long', `must have values of at most ${fieldValueMaxLength} characters`);
    }
  }
  return new Map(values.filter(({ value }) => value !== '').map(({ fieldId, value }) => [fieldId, value]));
}
