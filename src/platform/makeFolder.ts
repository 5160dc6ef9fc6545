import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, for this user only. Unlike `mkdir` with `recursive` it throws where a parent such
 * as /proc refuses folders; that call never returns there.
 */
export function makeFolder(path: string): void {
  if (!tryToMake(path)) return;
  makeFolder(dirname(path));
  tryToMake(path);
}

/** Returns true when the folder above is missing. */
function tryToMake(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT' && dirname(path) !== path) return true;
    throw error;
  }
}
