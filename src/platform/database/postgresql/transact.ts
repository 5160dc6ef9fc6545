import type pg from 'pg';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { StatementLog } from '../statements.ts';
import type { Run, Transact } from '../transact.ts';
import type { ConnectionGuard } from './connectionGuard.ts';

interface Parts {
  readonly pool: pg.Pool;
  readonly nameOf: (query: { sql: string }) => string;
  readonly log: StatementLog;
  readonly guard: ConnectionGuard;
}

/** A parameter as the driver takes it: pg would write a Date in the zone of the process, and columns hold UTC. */
export const bindable = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** Transactions of hand-written statements, each on a connection of the pool. */
export function createTransact({ pool, nameOf, log, guard }: Parts): Transact {
  return async (work) => {
    const client = await guard(() => pool.connect());
    const command = (text: string) =>
      log.time(text, () => guard(async () => void (await client.query(text))));
    const run = ({ text, values: parameters }: Prisma.Sql) =>
      log.time(text, () =>
        guard(async () => {
          const values = parameters.map(bindable);
          const { rows, rowCount } = await client.query({ name: nameOf({ sql: text }), text, values });
          return { rows, count: rowCount ?? 0 };
        }),
      );
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
