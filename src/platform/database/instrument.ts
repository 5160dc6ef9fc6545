import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';

/** Runs one statement of an adapter, with something around it. */
type Around = <Result>(sql: string, run: () => Promise<Result>) => Promise<Result>;

/** The same adapter factory, whose every statement runs by `around`. */
export function instrument(factory: SqlDriverAdapterFactory, around: Around): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => instrumentAdapter(await factory.connect(), around),
  };
}

function instrumentQueries(queries: SqlQueryable, around: Around) {
  return {
    provider: queries.provider,
    adapterName: queries.adapterName,
    queryRaw: (query: SqlQuery) => around(query.sql, () => queries.queryRaw(query)),
    executeRaw: (query: SqlQuery) => around(query.sql, () => queries.executeRaw(query)),
  };
}

function instrumentAdapter(adapter: SqlDriverAdapter, around: Around): SqlDriverAdapter {
  return {
    ...instrumentQueries(adapter, around),
    executeScript: (script) => around(script, () => adapter.executeScript(script)),
    startTransaction: async (isolationLevel) =>
      instrumentTransaction(await around('BEGIN', () => adapter.startTransaction(isolationLevel)), around),
    getConnectionInfo: adapter.getConnectionInfo?.bind(adapter),
    dispose: () => adapter.dispose(),
  };
}

/** Prisma sends COMMIT and ROLLBACK by `executeRaw`; `commit` and `rollback` only give the connection back. */
function instrumentTransaction(transaction: Transaction, around: Around): Transaction {
  const { createSavepoint, rollbackToSavepoint, releaseSavepoint } = transaction;
  const savepoint = (sql: string, run: ((name: string) => Promise<void>) | undefined) =>
    run && ((name: string) => around(`${sql} ${name}`, () => run.call(transaction, name)));
  return {
    ...instrumentQueries(transaction, around),
    options: transaction.options,
    commit: () => transaction.commit(),
    rollback: () => transaction.rollback(),
    createSavepoint: savepoint('SAVEPOINT', createSavepoint),
    rollbackToSavepoint: savepoint('ROLLBACK TO', rollbackToSavepoint),
    releaseSavepoint: savepoint('RELEASE', releaseSavepoint),
  };
}
