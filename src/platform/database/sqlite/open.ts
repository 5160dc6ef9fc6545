import { PrismaClient } from '../../../generated/sqlite/client.ts';
import { clientOptions } from '../clientOptions.ts';
import type { Database, DatabaseOptions } from '../database.ts';
import { createFile } from '../file.ts';
import { instrument } from '../instrument.ts';
import { StatementLog } from '../statements.ts';
import { pathOf } from '../url.ts';
import { SqliteAdapter } from './adapter.ts';
import { backupSqlite } from './backup.ts';
import { connectSqlite } from './connection.ts';
import { createDirect, createTransact } from './direct.ts';
import { WriteLock } from './writeLock.ts';

/** Opens the SQLite file that a `file:` URL names; makes the file and its folder when there are none. */
export async function openSqlite(url: string, options: DatabaseOptions): Promise<Database> {
  const path = pathOf(url);
  createFile(path);
  const writer = await connectSqlite(path);
  const reader = await connectSqlite(path);
  // Here `patiently` waits for other processes instead, without stopping the event loop.
  writer.handle.pragma('busy_timeout = 0');
  reader.handle.pragma('query_only = ON');

  const log = new StatementLog();
  if (options.onStatement) log.add(options.onStatement);
  const lock = new WriteLock();
  const adapter = new SqliteAdapter(writer, reader, lock);
  const factory = {
    provider: 'sqlite' as const,
    adapterName: '@prisma/adapter-better-sqlite3',
    connect: async () => adapter,
  };
  const db = new PrismaClient({
    ...clientOptions,
    adapter: instrument(factory, (sql, run) => log.time(sql, run)),
  });

  const onReader = createDirect(reader.handle, log);
  // Counts the commits of all connections but the one it is asked on; the reader never commits.
  const dataVersion = writer.handle.prepare('PRAGMA data_version').pluck();
  let lastSeen = dataVersion.get();
  return {
    db,
    engine: 'sqlite',
    read: onReader.rows,
    transact: createTransact(lock, writer.handle, log),
    sqlite: writer.handle,
    ping: async () => void (await db.$queryRaw`SELECT 1`),
    changedElsewhere() {
      const before = lastSeen;
      lastSeen = dataVersion.get();
      return lastSeen !== before;
    },
    onStatement: (listener) => log.add(listener),
    backup: (file) => backupSqlite(path, file),
    close: () => db.$disconnect(),
  };
}
