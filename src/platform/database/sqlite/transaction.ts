import type { SqlQuery, Transaction } from '@prisma/driver-adapter-utils';
import type { SqliteConnection } from './connection.ts';

/** An open transaction on the writing connection. Prisma sends COMMIT or ROLLBACK itself, as a statement. */
export class SqliteTransaction implements Transaction {
  readonly provider = 'sqlite';
  readonly adapterName = '@prisma/adapter-better-sqlite3';
  readonly options = { usePhantomQuery: false };
  readonly #connection: SqliteConnection;
  readonly #done: () => void;

  constructor(connection: SqliteConnection, done: () => void) {
    this.#connection = connection;
    this.#done = done;
  }

  queryRaw(query: SqlQuery) {
    return this.#connection.adapter.queryRaw(query);
  }

  executeRaw(query: SqlQuery) {
    return this.#connection.adapter.executeRaw(query);
  }

  async commit() {
    this.#end();
  }

  async rollback() {
    this.#end();
  }

  createSavepoint(name: string) {
    return this.#connection.adapter.executeScript(`SAVEPOINT ${name}`);
  }

  rollbackToSavepoint(name: string) {
    return this.#connection.adapter.executeScript(`ROLLBACK TO ${name}`);
  }

  releaseSavepoint(name: string) {
    return this.#connection.adapter.executeScript(`RELEASE ${name}`);
  }

  #end() {
    // A COMMIT or ROLLBACK that failed must not leave its transaction to the next in turn.
    if (this.#connection.handle.inTransaction) this.#connection.handle.exec('ROLLBACK');
    this.#done();
  }
}
