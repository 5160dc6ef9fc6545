import { allCollisions } from '../../graph/storedTexts.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { command } from '../command.ts';
import { alignRows } from '../io.ts';

/** A text with what hides in it shown as escapes, so that two that look alike can be told apart. */
const escaped = (text: string) =>
  text.replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

export const unicodeCollisions = command({
  name: 'unicode-collisions',
  summary: 'List accounts, areas and custom fields that differ only in what cannot be seen',
  details: `Addresses and names are compared in composed form, without invisible characters, domains in ASCII.
Rows that are the same were made by older versions; they stay as they are until people rename or delete them.`,
  async run({ config: { databaseUrl }, io }) {
    const database = await openDatabase(databaseUrl);
    try {
      const collisions = await allCollisions(database.db);
      const rows = collisions.flatMap(({ kind, rows }, group) =>
        rows.map(({ id, text }) => [String(group + 1), kind, id, escaped(text)]),
      );
      if (rows.length === 0) return io.print('Nothing collides.');
      for (const line of alignRows([['GROUP', 'KIND', 'ID', 'TEXT'], ...rows])) io.print(line);
    } finally {
      await database.close();
    }
  },
});
