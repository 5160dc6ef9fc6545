import { Issues } from '../../../errors/issues.ts';
import { checkText } from '../../core/checkText.ts';
import { type FuzzyQuery, fuzzyQuery, maxForgivenLength } from './fuzzy.ts';

/** As long as the longest name, that of an item. */
const maxLength = 500;

/** What the description of every argument of a search says about how it matches. */
export const searchNote = `forgives a slip or two, beyond ${maxForgivenLength} characters none. At most ${maxLength} characters.`;

/**
 * What somebody searches for; null for what is blank, which matches everything. Throws INVALID_INPUT
 * about `path` for what is longer than a search takes: its time grows with the length.
 */
export function searchQuery(path: string, words: string | null | undefined): FuzzyQuery | null {
  const issues = new Issues();
  const text = checkText(issues, path, words, { maxLength });
  issues.throwIfAny();
  return fuzzyQuery(text);
}
