import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { migrationsFolder, readMigrations, schemaFor } from './models.mjs';
import { databaseAdapter, versionOnlyAdapter } from './schema-engine-adapters.mjs';

const wasmFile = createRequire(import.meta.url)
  .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  .replace(/\.js$/, '.wasm');

let ready;
function loadWasm() {
  ready ??= WebAssembly.instantiate(readFileSync(wasmFile), {
    './schema_engine_bg.js': engineModule,
  }).then(({ instance }) => {
    engineModule.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
  });
  return ready;
}

/** Lends an engine that talks to what `factory` connects to. */
async function withEngine(engine, factory, use) {
  await loadWasm();
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  const datamodels = [['schema.prisma', schemaFor(engine, '')]];
  const instance = await engineModule.SchemaEngine.new({ datamodels }, () => {}, adapter);
  try {
    return await use(instance);
  } finally {
    instance.free();
  }
}

const filters = { externalTables: [], externalEnums: [] };

/** SQL that leads from one target to the other, or null when they are equal. */
const diff = (engine, factory, from, to) =>
  withEngine(engine, factory, async (instance) => {
    // With exitCode asked for, 2 says that the targets differ.
    const result = await instance.diff({ from, to, script: true, exitCode: true, filters });
    return result.exitCode === 2 ? result.stdout : null;
  });

const modelsTarget = (engine, models) => ({
  tag: 'schemaDatamodel',
  files: [{ path: 'schema.prisma', content: schemaFor(engine, models) }],
});

/** SQL from one text of the models (null: nothing) to another, or null when there is none; asks no database. */
export function migrationBetween(engine, fromModels, toModels) {
  const from = fromModels === null ? { tag: 'empty' } : modelsTarget(engine, fromModels);
  return diff(engine, versionOnlyAdapter(engine), from, modelsTarget(engine, toModels));
}

/** SQL that would make the database at `url` equal to the models, or null when it is equal already. */
export function driftOf(engine, url, models) {
  const files = [{ path: 'schema.prisma', content: schemaFor(engine, '') }];
  const from = { tag: 'schemaDatasource', files, configDir: '.' };
  return diff(engine, databaseAdapter(engine, url), from, modelsTarget(engine, models));
}

/** What Prisma finds wrong with `_prisma_migrations` at `url`, given the migrations on disk; null when it agrees. */
export async function historyComplaint(engine, url) {
  const migrationDirectories = readMigrations(engine).map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  }));
  const lockfile = { path: 'migration_lock.toml', content: `provider = "${engine}"\n` };
  const baseDir = migrationsFolder(engine);
  const migrationsList = { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories };
  const { history, failedMigrationNames, editedMigrationNames, hasMigrationsTable } = await withEngine(
    engine,
    databaseAdapter(engine, url),
    (instance) =>
      instance.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters }),
  );
  const agrees =
    hasMigrationsTable && !history && !failedMigrationNames.length && !editedMigrationNames.length;
  return agrees
    ? null
    : JSON.stringify({ history, failedMigrationNames, editedMigrationNames, hasMigrationsTable });
}
