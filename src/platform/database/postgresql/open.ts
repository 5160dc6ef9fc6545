import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../../../generated/postgresql/client.ts';
import type { PrismaClient as CommonClient, Prisma } from '../../../generated/sqlite/client.ts';
import { clientOptions } from '../clientOptions.ts';
import type { Database, DatabaseOptions } from '../database.ts';
import { instrument } from '../instrument.ts';
import { StatementLog } from '../statements.ts';
import { backupPostgres } from './backup.ts';
import { createConnectionGuard } from './connectionGuard.ts';
import { statementNames } from './statementNames.ts';
import { bindable, createTransact } from './transact.ts';

/** Connects to the PostgreSQL database that `url` names. */
export async function openPostgres(url: string, options: DatabaseOptions): Promise<Database> {
  const log = new StatementLog();
  if (options.onStatement) log.add(options.onStatement);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'latchkey',
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    idle_in_transaction_session_timeout: 30_000,
    // Columns hold UTC without a zone; hand-written SQL that says now() must mean the same.
    options: '-c timezone=UTC',
  });
  // Without a listener the `error` event of a client ends the process: when PostgreSQL restarts, each connection emits
  // one, idle or checked out. The work on the connection rejects as well, and the pool drops what is broken.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const guard = createConnectionGuard(options.onConnectionLost ?? (() => {}));
  const nameOf = statementNames();
  const factory = new PrismaPg(pool, { statementNameGenerator: nameOf, disposeExternalPool: true });
  const db = new PrismaClient({
    ...clientOptions,
    adapter: instrument(factory, (sql, run) => log.time(sql, () => guard(run))),
  });
  return {
    // Made from the same models: only the provider's name differs in its types.
    db: db as unknown as CommonClient,
    engine: 'postgresql',
    read: <Row>({ text, values: parameters }: Prisma.Sql) =>
      log.time(text, () =>
        guard(async () => {
          const values = parameters.map(bindable);
          const { rows } = await pool.query({ name: nameOf({ sql: text }), text, values });
          return rows as Row[];
        }),
      ),
    transact: createTransact({ pool, nameOf, log, guard }),
    sqlite: null,
    ping: async () => void (await db.$queryRaw`SELECT 1`),
    changedElsewhere: () => false,
    onStatement: (listener) => log.add(listener),
    backup: (file) => backupPostgres(url, file),
    close: () => db.$disconnect(),
  };
}
