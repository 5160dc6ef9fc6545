/**
 * One character that shows as nothing: controls, everything that Unicode calls ignorable (joiners, zero-width and
 * bidirectional marks, variation selectors, Hangul fillers, tags), annotation marks, the blank Braille pattern and
 * halves of surrogate pairs. White space is not among them, save U+FEFF. Nor are all of \p{Cf}: signs such as the
 * Arabic number sign are of that category and can be seen.
 */
const INVISIBLE = String.raw`(?![\t-\r])[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2800\ufff9-\ufffb]`;
const everyInvisible = new RegExp(INVISIBLE, 'gu');
const someInvisible = new RegExp(INVISIBLE, 'u');
const someVisible = new RegExp(`(?!${INVISIBLE})\\S`, 'u');

/** Printable ASCII, which most texts are, is in every normal form already and hides nothing. */
const beyondAscii = /[^\x20-\x7e]/;

/** False for a text that is printable ASCII. */
export const needsUnicode = (text: string): boolean => beyondAscii.test(text);

/** The text without anything that shows as nothing; white space stays. */
export const withoutInvisible = (text: string): string => text.replace(everyInvisible, '');

/** True when a character of the text shows as nothing. */
export const hasInvisible = (text: string): boolean => someInvisible.test(text);

/** True when something of the text can be seen. */
export const isVisible = (text: string): boolean => someVisible.test(text);

/** Variation selectors and tags, which may end an emoji such as a heart or a flag. */
const CLOSING = String.raw`\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u{e0020}-\u{e007f}`;
const closing = new RegExp(`[${CLOSING}]`, 'u');
/** Everything that is no part of a line of text but joiners and what closes: those shape words and emoji. */
const unshaping = new RegExp(`(?![\\u200c\\u200d${CLOSING}])(?:${INVISIBLE}|[\\t-\\r\\u2028\\u2029])`, 'gu');

/** The text without controls, line breaks and invisible characters, save those that shape words and emoji. */
export const withoutUnshaping = (text: string): string => text.replace(unshaping, '');

const leading = new RegExp(`^(?:${INVISIBLE})+`, 'u');
const leadingOrSpace = new RegExp(`^(?:${INVISIBLE}|\\s)+`, 'u');

/**
 * The text without the invisible characters at its ends, and without white space there if wanted. Walks back from
 * the end by hand: a pattern that is anchored there takes quadratic time.
 */
export function trimInvisible(text: string, { spaceToo }: { readonly spaceToo: boolean }): string {
  const characters = [...text.replace(spaceToo ? leadingOrSpace : leading, '')];
  const isCut = (character: string) =>
    someInvisible.test(character) ? !closing.test(character) : spaceToo && /\s/.test(character);
  let end = characters.length;
  while (end > 0 && isCut(characters[end - 1] as string)) end -= 1;
  return characters.slice(0, end).join('');
}
