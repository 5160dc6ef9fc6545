// Driver adapters as @prisma/schema-engine-wasm can use them.
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** PostgreSQL as far as a schema-to-schema diff asks for it: one question about its version. */
const versionOnlyPostgres = {
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  connect: async () => ({
    ...versionOnlyPostgres,
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 15.0', 150000]],
    }),
    executeRaw: async () => 0,
    executeScript: async () => {},
    getConnectionInfo: () => ({ supportsRelationJoins: true }),
    dispose: async () => {},
  }),
  connectToShadowDb: () => versionOnlyPostgres.connect(),
};

/** An adapter for diffs between schemas, behind which is no database. */
export const versionOnlyAdapter = (engine) =>
  engine === 'sqlite' ? new PrismaBetterSqlite3({ url: ':memory:' }) : versionOnlyPostgres;

/** The engine reads `"char"` columns (type 18), which adapter-pg cannot map: they are presented as text. */
class TextForCharPool extends pg.Pool {
  async query(...args) {
    const result = await super.query(...args);
    for (const field of result.fields ?? []) if (field.dataTypeID === 18) field.dataTypeID = 25;
    return result;
  }
}

/** An adapter to a real database, for reading its structure; whoever connects disposes of it. */
export function databaseAdapter(engine, url) {
  if (engine === 'sqlite') return new PrismaBetterSqlite3({ url });
  const pool = new TextForCharPool({ connectionString: url, max: 1, allowExitOnIdle: true });
  return new PrismaPg(pool, { disposeExternalPool: true });
}
