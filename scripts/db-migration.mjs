// `npm run db:migration -- <name>` writes the next migration for both engines: what leads from
// the models as of the last migration (prisma/migrations/models.snapshot) to prisma/models.prisma.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { engines, migrationsFolder, readModels, readSnapshot, snapshotFile } from './lib/models.mjs';
import { migrationBetween } from './lib/schema-engine.mjs';

const name = process.argv[2];
if (!name || !/^[a-z0-9_]{1,60}$/.test(name)) {
  console.error('Usage: npm run db:migration -- <name>   (a-z, 0-9 and _; such as "add_tunnel_region")');
  process.exit(2);
}

const models = readModels();
const before = readSnapshot();
if (before === models) {
  console.log('prisma/models.prisma has not changed since the last migration: nothing to do.');
  process.exit(0);
}

const scripts = new Map();
for (const engine of engines) scripts.set(engine, await migrationBetween(engine, before, models));

if ([...scripts.values()].every((sql) => sql === null)) {
  console.log('The models changed in words only: no migration is needed.');
} else {
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  for (const [engine, sql] of scripts) write(engine, `${timestamp}_${name}`, sql);
}
writeFileSync(snapshotFile, models);

/** An engine that has nothing to change gets an empty migration, so that both have the same history. */
function write(engine, folder, sql) {
  const lockFile = `${migrationsFolder(engine)}/migration_lock.toml`;
  const file = `${migrationsFolder(engine)}/${folder}/migration.sql`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, sql ?? '-- This is an empty migration.\n');
  if (!existsSync(lockFile)) {
    const reason = '# Prisma refuses to run these migrations on another engine.';
    writeFileSync(lockFile, `${reason}\nprovider = "${engine}"\n`);
  }
  console.log(`Written, to be read before it is committed: ${file}`);
}
