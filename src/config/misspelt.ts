import { distance } from 'fastest-levenshtein';
import { aliases } from './environment.ts';
import { schema } from './schema.ts';

/** A variable of the environment that looks like one of Latchkey's. */
export interface Misspelling {
  readonly written: string;
  readonly meant: string;
}

/** Shorter names are near too many others: `HOST` is near `POST`. */
const minLength = 6;
const maxDistance = 2;

/** Finds variables that are probably misspelt, such as `DATABSE_URL`. */
export function findMisspellings(env: Readonly<Record<string, string | undefined>>): Misspelling[] {
  const known = [...Object.keys(schema.shape), ...Object.keys(aliases)];
  return Object.keys(env).flatMap((written) => {
    if (written.length < minLength || known.includes(written)) return [];
    const [nearest] = known
      .map((meant) => ({ meant, far: distance(written, meant) }))
      .sort((one, other) => one.far - other.far);
    return nearest && nearest.far <= maxDistance ? [{ written, meant: nearest.meant }] : [];
  });
}
