import type { Migration } from './files.ts';

/** A row of Prisma's `_prisma_migrations`, as far as it decides what is to be done. */
export interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: unknown;
  rolled_back_at: unknown;
}

/** The database and the migrations of this version do not go together; the start must stop. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** What is still to be applied, oldest first. Throws MigrationError when the histories contradict each other. */
export function pendingMigrations(migrations: Migration[], rows: AppliedMigration[]): Migration[] {
  const standing = rows.filter((row) => row.rolled_back_at === null);
  for (const row of standing) refuseContradiction(row, migrations);
  const applied = new Set(standing.map((row) => row.migration_name));
  return migrations.filter(({ name }) => !applied.has(name));
}

function refuseContradiction(row: AppliedMigration, migrations: Migration[]) {
  const { migration_name: name, checksum } = row;
  if (row.finished_at === null) {
    throw new MigrationError(
      `Migration ${name} failed earlier. Repair it with "npx prisma migrate resolve".`,
    );
  }
  const migration = migrations.find((candidate) => candidate.name === name);
  if (!migration) {
    throw new MigrationError(
      `The database has migration ${name}, which this version does not know. Is it older?`,
    );
  }
  if (migration.checksum !== checksum) {
    throw new MigrationError(`Migration ${name} has been changed after it was applied to this database.`);
  }
}
