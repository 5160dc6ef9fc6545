import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';
import type { StatementLog } from './statements.ts';

/** The same adapter factory, whose every statement is reported to `log`. */
export function instrument(factory: SqlDriverAdapterFactory, log: StatementLog): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => instrumentAdapter(await factory.connect(), log),
  };
}

function instrumentQueries(queries: SqlQueryable, log: StatementLog) {
  return {
    provider: queries.provider,
    adapterName: queries.adapterName,
    queryRaw: (query: SqlQuery) => log.time(query.sql, () => queries.queryRaw(query)),
    executeRaw: (query: SqlQuery) => log.time(query.sql, () => queries.executeRaw(query)),
  };
}

function instrumentAdapter(adapter: SqlDriverAdapter, log: StatementLog): SqlDriverAdapter {
  return {
    ...instrumentQueries(adapter, log),
    executeScript: (script) => log.time(script, () => adapter.executeScript(script)),
    startTransaction: async (isolationLevel) =>
      instrumentTransaction(await log.time('BEGIN', () => adapter.startTransaction(isolationLevel)), log),
    getConnectionInfo: adapter.getConnectionInfo?.bind(adapter),
    dispose: () => adapter.dispose(),
  };
}

/** Prisma sends COMMIT and ROLLBACK by `executeRaw`; `commit` and `rollback` only give the connection back. */
function instrumentTransaction(transaction: Transaction, log: StatementLog): Transaction {
  const { createSavepoint, rollbackToSavepoint, releaseSavepoint } = transaction;
  const savepoint = (sql: string, run: ((name: string) => Promise<void>) | undefined) =>
    run && ((name: string) => log.time(`${sql} ${name}`, () => run.call(transaction, name)));
  return {
    ...instrumentQueries(transaction, log),
    options: transaction.options,
    commit: () => transaction.commit(),
    rollback: () => transaction.rollback(),
    createSavepoint: savepoint('SAVEPOINT', createSavepoint),
    rollbackToSavepoint: savepoint('ROLLBACK TO', rollbackToSavepoint),
    releaseSavepoint: savepoint('RELEASE', releaseSavepoint),
  };
}
