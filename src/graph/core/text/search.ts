import { withoutInvisible } from './invisible.ts';

/** An index holds one text a line. */
const beyondLines = /[^\n\x20-\x7e]/;

/**
 * A text as it is searched, sorted and looked up without regard to case: lower-case, composed (NFC) and without
 * invisible characters. White space and line breaks stay.
 */
export function foldCase(text: string): string {
  if (!beyondLines.test(text)) return text.toLowerCase();
  return withoutInvisible(text).normalize('NFC').toLowerCase().normalize('NFC');
}

/**
 * The keys that a row may have whose name is looked up without regard to case: today's, and those of rows that
 * were written before names were composed and are not normalised yet.
 */
export function foldedKeys(text: string): string[] {
  const lower = text.toLowerCase();
  return [...new Set([foldCase(text), lower, lower.normalize('NFD')])];
}
