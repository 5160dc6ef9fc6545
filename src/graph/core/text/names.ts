import { needsUnicode, trimInvisible, withoutInvisible, withoutUnshaping } from './invisible.ts';

/** A name as it is stored and shown: composed (NFC), without white space or invisible characters at its ends. */
export function tidyName(text: string): string {
  return needsUnicode(text) ? trimInvisible(text.normalize('NFC'), { spaceToo: true }) : text.trim();
}

/** The same for a name that keeps the white space at its ends (OpenBin 10.2, a changed bin). */
export function tidyKeepingSpace(text: string): string {
  return needsUnicode(text) ? trimInvisible(text.normalize('NFC'), { spaceToo: false }) : text;
}

/** The same as {@link tidyName}, and without controls and zero-width characters inside (OpenBin 10.2). */
export function tidyInside(text: string): string {
  return needsUnicode(text) ? tidyName(withoutUnshaping(text)) : text.trim();
}

/**
 * What names are compared by where they are unique: two that differ only in composition or in what cannot be seen
 * are the same.
 */
export function comparedName(text: string): string {
  return needsUnicode(text) ? withoutInvisible(text).normalize('NFC').trim() : text.trim();
}

/** A tag that is stored in lower case: tidied like {@link tidyInside}, then lower-cased. */
export function lowerTag(text: string): string {
  return tidyInside(text).toLowerCase().normalize('NFC');
}

/** The forms that a row may have whose name is looked up exactly: as given, today's, and that of an older row. */
export function storedNames(text: string): string[] {
  return needsUnicode(text) ? [...new Set([text, tidyInside(text), text.normalize('NFD')])] : [text];
}
