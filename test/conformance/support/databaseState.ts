import { Prisma } from '../../../src/generated/sqlite/client.ts';
import type { TestApp } from '../../support/app.ts';

/** What changes without being anybody's data: notes of use, counters that only guard. */
const unimportant = new Set(['lastUsedAt', 'triesLeft', 'lockSequence']);

const asText = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** Every row of every table as text, for comparing before and after. */
export async function databaseState({ db, services }: TestApp): Promise<Record<string, string[]>> {
  await services.background.drain();
  const state: Record<string, string[]> = {};
  for (const table of Object.values(Prisma.ModelName)) {
    const rows = await db.$queryRawUnsafe<Record<string, unknown>[]>(`SELECT * FROM "${table}"`);
    state[table] = rows
      // A failed attempt to sign in is recorded, and changes nothing else.
      .filter(({ outcome }) => table !== 'SecurityEvent' || outcome !== 'FAILED')
      .map((row) =>
        JSON.stringify(
          Object.entries(row).filter(([column]) => !unimportant.has(column)),
          asText,
        ),
      )
      .sort();
  }
  return state;
}
