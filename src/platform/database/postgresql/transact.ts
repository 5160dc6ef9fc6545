import type pg from 'pg';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { Sql, Transact } from '../sql.ts';
import type { StatementLog } from '../statements.ts';
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
    const send = <Row>({ text, values }: Prisma.Sql) =>
      log.time(text, () =>
        guard(async () => {
          const parameters = values.map(bindable);
          const query = { name: nameOf({ sql: text }), text, values: parameters };
          const { rows, rowCount } = await client.query(query);
          return { rows: rows as Row[], count: rowCount ?? 0 };
        }),
      );
    const sql: Sql = {
      rows: async <Row>(query: Prisma.Sql) => (await send<Row>(query)).rows,
      run: async (query) => (await send(query)).count,
    };
    try {
      await command('BEGIN');
      const result = await work(sql);
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
