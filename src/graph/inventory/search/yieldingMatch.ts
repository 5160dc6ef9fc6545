import { type FuzzyQuery, lettersOf, wordsOf } from './fuzzy.ts';
import type { Pace } from './scheduler.ts';

/** What `FuzzyQuery.inLine` answers, about a text of any length and of any number of lines. */
export async function yieldingMatch(query: FuzzyQuery, text: string, pace: Pace): Promise<boolean> {
  if (query.inText(text.toLowerCase())) return true;
  if (!query.asksWords) return false;
  let at = 0;
  for (const word of wordsOf(text)) {
    if (query.isWord(word, lettersOf(word))) return true;
    at += 1;
    if (at % 64 === 0 && pace.isDue()) await pace.rest();
  }
  return false;
}
