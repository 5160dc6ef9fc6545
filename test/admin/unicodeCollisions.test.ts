import { expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { makePlace } from './support.ts';

it('unicode-collisions lists accounts that differ only in what cannot be seen, with what hides in them', async () => {
  const place = await makePlace();
  try {
    // Migrates.
    expect((await place.admin(['accounts'])).code).toBe(0);
    expect((await place.admin(['unicode-collisions'])).stdout).toBe('Nothing collides.\n');
    const database = await openDatabase(place.url);
    const ids = [newId(), newId()];
    await database.db.account.createMany({
      data: ['ada@example.com', 'ada@example.com\u200b'].map((email, at) => ({
        id: ids[at] ?? '',
        email,
        name: 'A',
      })),
    });
    await database.close();
    const { stdout, code } = await place.admin(['unicode-collisions']);
    expect(code).toBe(0);
    expect(
      stdout
        .split('\n')
        .slice(1, 3)
        .map((line) => line.split(/ +/)),
    ).toEqual([
      ['1', 'accounts', ids[0], 'ada@example.com'],
      ['1', 'accounts', ids[1], 'ada@example.com\\u{200b}'],
    ]);
  } finally {
    await place.remove();
  }
});
