import type { Issues } from '../../../errors/issues.ts';
import { isJsonObject } from '../../core/isJsonObject.ts';

/** The name of a bin (OpenBin 10.2). */
export const binNameRule = { required: true, maxLength: 255 };
const notesMaxLength = 10_000;
const iconMaxLength = 100;
const colorMaxLength = 50;
const cardStyleMaxLength = 500;
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

const colorKey = /^(?:#[0-9a-fA-F]{6}|\d{1,3}:[0-4]|neutral:[0-4]|black|white)$/;
const cardVariants = ['default', 'border', 'gradient', 'stripe', 'photo'];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get into a name
const invisible = /[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** An item that is to be made; a quantity of null leaves it uncounted. */
export interface NewItem {
  readonly name: string;
  readonly quantity: number | null;
}

/** A text without control and zero-width characters and without space around it. */
export function visibleText(text: string): string {
  return text.replace(invisible, '').trim();
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
    name: visibleText(name),
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
  const tidy = tags.map(visibleText);
  const tooLong = tidy.findIndex((tag) => [...tag].length > tagMaxLength);
  if (tooLong !== -1) {
    issues.add(['tags', tooLong], 'too_long', `must have at most ${tagMaxLength} characters`);
  }
  return [...new Set(tidy.filter((tag) => tag !== ''))];
}

/** Notes an issue when a color is neither empty, nor `#RRGGBB`, nor a key of the palette (OpenBin 10.2). */
export function checkColor(issues: Issues, color: string): string {
  if (color.length > colorMaxLength || (color !== '' && !colorKey.test(color))) {
    issues.add('color', 'format', 'must be empty, #RRGGBB or a key such as 210:2, neutral:1, black or white');
  }
  return color;
}

function checkCardStyle(issues: Issues, text: string): string {
  if (text.length > cardStyleMaxLength) {
    issues.add('cardStyle', 'too_long', `must have at most ${cardStyleMaxLength} characters`);
    return text;
  }
  if (text === '') return text;
  let style: unknown;
  try {
    style = JSON.parse(text);
  } catch {
    style = undefined;
  }
  if (!isJsonObject(style)) issues.add('cardStyle', 'format', 'must be a JSON object as text');
  else if (style.variant !== undefined && !cardVariants.includes(style.variant as string)) {
    issues.add('cardStyle', 'format', `must have a variant among ${cardVariants.join(', ')}`);
  }
  return text;
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

type Text = string | null | undefined;

/** Plain columns of a bin, checked; what is null or undefined is left out. */
export function checkLook(
  issues: Issues,
  input: { readonly notes?: Text; readonly icon?: Text; readonly color?: Text; readonly cardStyle?: Text },
): { notes?: string; icon?: string; color?: string; cardStyle?: string } {
  const { notes, icon, color, cardStyle } = input;
  if (notes != null && [...notes].length > notesMaxLength) {
    issues.add('notes', 'too_long', `must have at most ${notesMaxLength} characters`);
  }
  // It is kept as it is given, so the space around it counts.
  if (icon != null && [...icon].length > iconMaxLength) {
    issues.add('icon', 'too_long', `must have at most ${iconMaxLength} characters`);
  }
  return {
    ...(notes != null && { notes }),
    ...(icon != null && { icon }),
    ...(color != null && { color: checkColor(issues, color) }),
    ...(cardStyle != null && { cardStyle: checkCardStyle(issues, cardStyle) }),
  };
}
