import { Issues } from '../../../errors/issues.ts';
import { checkLook, type Look } from '../bin/columns.ts';

const colorMaxLength = 50;

/**
 * How a bin is to look, checked. Its color may be any text, because models give names of colors and
 * clients know how to read them (OpenBin 22). Throws INVALID_INPUT.
 */
export function checkAnyLook({ color, ...rest }: Look): Look {
  const issues = new Issues();
  const look = checkLook(issues, rest);
  if (color !== undefined) checkAnyColor(issues, color);
  issues.throwIfAny();
  return { ...look, ...(color !== undefined && { color }) };
}

/** Notes an issue for a color that is too long. */
export function checkAnyColor(issues: Issues, color: string): void {
  if ([...color].length > colorMaxLength)
    issues.add('color', 'too_long', `must have at most ${colorMaxLength} characters`);
}
