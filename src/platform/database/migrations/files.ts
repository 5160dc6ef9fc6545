import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../url.ts';

/** One migration of the repository. */
export interface Migration {
  /** `<timestamp>_<name>`, the folder's name. */
  name: string;
  sql: string;
  /** SHA-256 of the file, hexadecimal, as Prisma records it. */
  checksum: string;
}

/** The same folder from src/ and from dist/. */
export const migrationsFolder = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));

/** The migrations of one engine below `folder`, oldest first. */
export function readMigrations(engine: Engine, folder = migrationsFolder): Migration[] {
  return readdirSync(join(folder, engine))
    .filter((name) => existsSync(join(folder, engine, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const content = readFileSync(join(folder, engine, name, 'migration.sql'));
      const checksum = createHash('sha256').update(content).digest('hex');
      return { name, sql: content.toString('utf8'), checksum };
    });
}
