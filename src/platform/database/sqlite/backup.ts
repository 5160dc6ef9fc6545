import { once } from 'node:events';
import { statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { createFile } from '../file.ts';

/** Text rather than a module: it must run from dist/ and from src/, which Node cannot load. */
const copyInWorker = `
  const { driver, path, file } = require('node:worker_threads').workerData;
  const Database = require(driver);
  const database = new Database(path, { readonly: true });
  database.prepare('VACUUM INTO ?').run(file);
  database.close();
`;

/**
 * Copies the database at `path` to `file` while it serves: one snapshot, taken in another thread, so
 * that neither requests nor writers wait. `file` appears when it is complete and replaces an older one.
 */
export async function backupSqlite(path: string, file: string): Promise<void> {
  if (isPartOf(path, file)) throw new Error('A backup must not replace the database itself.');
  const unfinished = `${file}.unfinished`;
  await rm(unfinished, { force: true });
  createFile(unfinished);
  try {
    const driver = createRequire(import.meta.url).resolve('better-sqlite3');
    await once(
      new Worker(copyInWorker, { eval: true, workerData: { driver, path, file: unfinished } }),
      'exit',
    );
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Whether `file` is the database or one of the two files that SQLite keeps beside it, by whatever name. */
function isPartOf(path: string, file: string): boolean {
  const target = statSync(file, { throwIfNoEntry: false });
  if (!target) return false;
  return ['', '-wal', '-shm'].some((suffix) => {
    const part = statSync(path + suffix, { throwIfNoEntry: false });
    return part?.ino === target.ino && part.dev === target.dev;
  });
}
