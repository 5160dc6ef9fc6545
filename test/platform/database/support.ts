import { onTestFinished } from 'vitest';
import { newId } from '../../../src/graph/core/newId.ts';
import {
  type Database,
  type DatabaseOptions,
  openDatabase,
} from '../../../src/platform/database/database.ts';
import { freshDatabase } from '../../support/database.ts';

/** A fresh database, opened; closed and dropped when the test is over. */
export async function openFresh(options?: DatabaseOptions): Promise<Database & { url: string }> {
  const fresh = await freshDatabase();
  const database = await openDatabase(fresh.url, options);
  onTestFinished(async () => {
    await database.close();
    await fresh.drop();
  });
  return Object.assign(database, { url: fresh.url });
}

/** The least an account needs. */
export const person = (name: string) => ({ id: newId(), email: `${name}@example.com`, name });

/** Opens a transaction that makes an account (`started`), stays open, and fails when told to. */
export function heldTransaction({ db }: Database, name: string) {
  const made = gate();
  const told = gate();
  const outcome = db
    .$transaction(async (tx) => {
      await tx.account.create({ data: person(name) });
      made.open();
      await told.opened;
      throw new Error('told to fail');
    })
    .catch((error: Error) => error.message);
  return { outcome, fail: told.open, started: made.opened };
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
