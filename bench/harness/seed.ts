import { join } from 'node:path';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { makeKeyText } from '../../src/graph/identity/apiKey/formats.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { migrateDatabase } from '../../src/platform/database/migrate.ts';

/** An account that is signed in by a key. */
export interface Seeded {
  readonly account: Account;
  /** The text of its key, in Binboi's form. */
  readonly key: string;
  /** Headers that sign a request in with it. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A migrated SQLite database in a folder, with what a server needs to serve it. */
export interface Ground {
  readonly file: string;
  /** For `Bench.start('src/main.js', …)`; without limits, which would end every load after a moment. */
  readonly env: Readonly<Record<string, string>>;
  /** For seeding; this process is not the server, which notices each commit. */
  readonly database: Database;
}

/** Makes the database, lets `work` use it and closes it. */
export async function withGround<Result>(
  folder: string,
  work: (ground: Ground) => Promise<Result>,
): Promise<Result> {
  const file = join(folder, 'latchkey.db');
  const url = `file:${file}`;
  await migrateDatabase(url);
  const database = await openDatabase(url);
  const env = { DATABASE_URL: url, DATA_DIR: folder, DISABLE_RATE_LIMIT: 'true', TUNNEL_PORT: '0' };
  try {
    return await work({ file, env, database });
  } finally {
    await database.close();
  }
}

/** An account of plan PRO with ten keys: one that is used, six more and three that are revoked. */
export async function seedAccount({ db }: Database): Promise<Seeded> {
  const account = await db.account.create({
    data: { id: newId(), email: 'ann@example.com', name: 'Ann', plan: 'PRO', emailVerifiedAt: new Date() },
  });
  const texts = Array.from({ length: 10 }, () => makeKeyText('BINBOI'));
  for (const [index, { prefix, hash }] of texts.entries()) {
    const revokedAt = index % 3 === 1 ? new Date() : null;
    const data = { accountId: account.id, format: 'BINBOI', name: `Laptop ${index}`, prefix, hash } as const;
    await db.apiKey.create({ data: { id: newId(), ...data, revokedAt, lastUsedAt: new Date() } });
  }
  const key = texts[0]?.text ?? '';
  return { account, key, headers: { authorization: `Bearer ${key}` } };
}
