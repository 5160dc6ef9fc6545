import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../makeFolder.ts';

/** Makes the folder and the file when there are none, for this user only: they hold password hashes. */
export function createFile(path: string): void {
  makeFolder(dirname(path));
  closeSync(openSync(path, 'a', 0o600));
}
