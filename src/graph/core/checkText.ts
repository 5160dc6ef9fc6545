import type { Issues } from '../../errors/issues.ts';
import { tidyName } from './text/names.ts';

/** What a text field takes; lengths in characters. */
export interface TextRule {
  readonly required?: boolean;
  readonly maxLength: number;
}

/** Whether a text has so many characters; one outside of the basic plane, which JavaScript counts twice, is one. */
export function hasLength(min: number, max: number): (text: string) => boolean {
  return (text) => {
    const { length } = [...text];
    return length >= min && length <= max;
  };
}

/** Whether a name, as `tidyName` leaves it, has something that can be seen and at most so many characters. */
export function isNameUpTo(max: number): (name: string) => boolean {
  const fits = hasLength(1, max);
  return (name) => fits(tidyName(name));
}

/** The tidied text; notes an issue when nothing of it can be seen though it is required, or when it is too long. */
export function checkText(
  issues: Issues,
  path: string,
  value: string | null | undefined,
  { required = false, maxLength }: TextRule,
): string {
  const text = tidyName(value ?? '');
  if (required && text === '') issues.add(path, 'required', 'is required');
  else if ([...text].length > maxLength)
    issues.add(path, 'too_long', `must have at most ${maxLength} characters`);
  return text;
}
