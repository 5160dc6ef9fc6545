import { foldCase } from '../../core/text/search.ts';
import { type FuzzyQuery, lettersOf, wordsOf } from './fuzzy.ts';
import type { Pace } from './scheduler.ts';

/** What `FuzzyQuery.inLine` answers, about a text of any length and of any number of lines. */
export async function yieldingMatch(query: FuzzyQuery, text: string, pace: Pace): Promise<boolean> {
  const folded = foldCase(text);
  if (query.inText(folded)) return true;
  if (!query.asksWords) return false;
  let at = 0;
  for (const word of wordsOf(folded)) {
    if (query.isWord(word, lettersOf(word))) return true;
    at += 1;
    if (at % 64 === 0 && pace.isDue()) await pace.rest();
  }
  return false;
}
