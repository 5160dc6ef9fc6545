import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's root, without a trailing slash. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The engines that the models are kept for; each has a client, and a folder of migrations. */
export const engines = ['sqlite', 'postgresql'];

/** The text of the models, which know no engine. */
export const readModels = () => readFileSync(`${root}/prisma/models.prisma`, 'utf8');

/** Where an engine's migrations are: one folder `<timestamp>_<name>` with a `migration.sql` for each. */
export const migrationsFolder = (engine) => `${root}/prisma/migrations/${engine}`;

/** An engine's migrations, oldest first: `{ name, sql }`. */
export const readMigrations = (engine) =>
  readdirSync(migrationsFolder(engine))
    .filter((name) => existsSync(`${migrationsFolder(engine)}/${name}/migration.sql`))
    .sort()
    .map((name) => ({
      name,
      sql: readFileSync(`${migrationsFolder(engine)}/${name}/migration.sql`, 'utf8'),
    }));

/** The models as of the last migration; not named `.prisma`, so that no tool takes it for a schema. */
export const snapshotFile = `${root}/prisma/migrations/models.snapshot`;

/** The text of the snapshot; null before the first migration. */
export const readSnapshot = () => (existsSync(snapshotFile) ? readFileSync(snapshotFile, 'utf8') : null);

/** A whole Prisma schema: the models for one engine, with `generators` (text of generator blocks) in front. */
export const schemaFor = (engine, models = readModels(), generators = '') =>
  `datasource db {\n  provider = "${engine}"\n}\n\n${generators}\n${models}`;
