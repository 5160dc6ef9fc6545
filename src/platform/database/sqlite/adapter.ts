import {
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlQuery,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import type { SqliteConnection } from './connection.ts';
import { SqliteTransaction } from './transaction.ts';
import type { WriteLock } from './writeLock.ts';

/**
 * SQLite for Prisma by two connections: one that writes, one that only reads.
 *
 * On Prisma's own adapter everything shares one connection, so that a write which another request
 * makes while a transaction is open becomes part of it, and is lost with its rollback. Here writes
 * and transactions take turns on the writer, and reads outside of them see what is committed.
 */
export class SqliteAdapter implements SqlDriverAdapter {
  readonly provider = 'sqlite';
  readonly adapterName = '@prisma/adapter-better-sqlite3';
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #lock: WriteLock;

  constructor(writer: SqliteConnection, reader: SqliteConnection, lock: WriteLock) {
    this.#writer = writer;
    this.#reader = reader;
    this.#lock = lock;
  }

  queryRaw(query: SqlQuery) {
    if (this.#reader.statements.readsOnly(query.sql)) return this.#reader.adapter.queryRaw(query);
    return this.#lock.run(() => this.#writer.adapter.queryRaw(query));
  }

  executeRaw(query: SqlQuery) {
    return this.#lock.run(() => this.#writer.adapter.executeRaw(query));
  }

  executeScript(script: string) {
    return this.#lock.run(() => this.#writer.adapter.executeScript(script));
  }

  /**
   * Takes SQLite's write lock at once. A transaction that began by reading would fail, and could not
   * be repeated, if another process wrote before its own first write.
   */
  async startTransaction(level?: IsolationLevel): Promise<Transaction> {
    if (level && level !== 'SERIALIZABLE')
      throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level });
    const done = await this.#lock.acquire(() => this.#writer.adapter.executeScript('BEGIN IMMEDIATE'));
    return new SqliteTransaction(this.#writer, done);
  }

  /** The writer goes last, so that it merges the write-ahead log into the file. */
  async dispose() {
    await this.#reader.adapter.dispose();
    await this.#writer.adapter.dispose();
  }
}
