import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openDatabase } from '../../platform/database/database.ts';
import { pathOf } from '../../platform/database/url.ts';
import { command } from '../command.ts';
import { Failure } from '../failures.ts';

export const backup = command({
  name: 'backup',
  summary: 'Copy the database to FILE while the server goes on serving',
  details: `An SQLite file, or pg_dump's custom format (for pg_restore). FILE appears when it is complete, readable
for you alone, and replaces an older one. A backup does not migrate: make one before an upgrade.
Files in DATA_DIR, and its secret.key, are not part of it.`,
  args: ['file'],
  async run({ args, config: { databaseUrl, databaseEngine }, folder, io }) {
    const file = resolve(folder, args.file);
    // Opening would make an empty database, and its copy would look like a good backup.
    if (databaseEngine === 'sqlite' && !existsSync(pathOf(databaseUrl))) {
      throw new Failure(`There is no database at ${pathOf(databaseUrl)}.`);
    }
    const database = await openDatabase(databaseUrl);
    try {
      await database.backup(file);
    } finally {
      await database.close();
    }
    io.print(`The database was copied to ${file}.`);
  },
});
