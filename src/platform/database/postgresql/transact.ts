import type pg from 'pg';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { StatementLog } from '../statements.ts';
import type { Run, Transact } from '../transact.ts';

/** Transactions of hand-written statements, each on a connection of the pool. */
export function createTransact(
  pool: pg.Pool,
  nameOf: (query: { sql: string }) => string,
  log: StatementLog,
): Transact {
  return async (work) => {
    const client = await pool.connect();
    const command = (text: string) => log.time(text, async () => void (await client.query(text)));
    const run = ({ text, values }: Prisma.Sql) =>
      log.time(text, async () => {
        const { rows, rowCount } = await client.query({ name: nameOf({ sql: text }), text, values });
        return { rows, count: rowCount ?? 0 };
      });
    try {
      await command('BEGIN');
      const result = await work(run as Run);
      await command('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // A connection that cannot even roll back is of no use to the next one.
      await command('ROLLBACK').then(
        () => client.release(),
        (broken: Error) => client.release(broken),
      );
      throw error;
    }
  };
}
