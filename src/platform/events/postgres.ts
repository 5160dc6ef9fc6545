import pg from 'pg';
import type { Log } from '../log/log.ts';
import type { Events } from './events.ts';
import { createPulse } from './pulse.ts';
import { type Carrier, type CarrierListener, createRemoteEvents } from './remote.ts';

const TOPIC = 'latchkey_events';
/** Set after LISTEN, so that whoever bears it hears. */
const LISTENER_NAME = 'latchkey-events';
const NOTIFY = `SELECT pg_notify($1, $2),
  (SELECT count(*)::int FROM pg_stat_activity
    WHERE application_name = $3 AND datname = current_database() AND pid <> pg_backend_pid()) AS listeners`;
const TIMEOUT_MS = 2000;
/** Short: until it listens again, every request asks the database who calls. */
const MAX_DELAY_MS = 500;

/** Events over PostgreSQL's LISTEN and NOTIFY on a connection of their own (not through a transaction pooler). */
export function createPostgresEvents(databaseUrl: string, log: Log): Events {
  return createRemoteEvents(log, (listener) => connectCarrier(databaseUrl, log, listener));
}

function connectCarrier(databaseUrl: string, log: Log, listener: CarrierListener): Carrier {
  let current: pg.Client | undefined;
  let isClosed = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let lastQuery: Promise<unknown> = Promise.resolve();

  const pulse = createPulse(
    async () => void (await query('SELECT 1')),
    () => reconnect(current, new Error('no sign of life')),
  );

  /** One statement at a time, as pg wants it. */
  function query(sql: string, values: string[] = []): Promise<pg.QueryResult> {
    const result = lastQuery.then(() => {
      if (current === undefined) throw new Error('not connected to PostgreSQL');
      return current.query(sql, values);
    });
    lastQuery = result.catch(() => {});
    return result;
  }

  async function connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      keepAlive: true,
    });
    client.on('error', (err) => reconnect(client, err));
    client.on('end', () => reconnect(client, new Error('connection ended')));
    client.on('notification', ({ payload }) => listener.onText(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${TOPIC}`);
      await client.query(`SET application_name TO '${LISTENER_NAME}'`);
    } catch (err) {
      client.end().catch(() => {});
      connectLater(err);
      return;
    }
    if (isClosed) return void (await client.end());
    current = client;
    failures = 0;
    pulse.beat();
    listener.onListening();
  }

  function reconnect(failed: pg.Client | undefined, err: unknown): void {
    if (failed === undefined || failed !== current) return;
    current = undefined;
    failed.end().catch(() => {});
    connectLater(err);
  }

  function connectLater(err: unknown): void {
    if (isClosed) return;
    // Once an outage, not at each try.
    if (failures === 0) log.warn({ err }, 'events: PostgreSQL connection failed');
    retry = setTimeout(() => void connect(), Math.min(100 * 2 ** failures++, MAX_DELAY_MS));
  }

  void connect();
  return {
    send: async (text) => (await query(NOTIFY, [TOPIC, text, LISTENER_NAME])).rows[0].listeners,
    listening: () => current !== undefined && pulse.isAlive(),
    async close() {
      isClosed = true;
      pulse.stop();
      clearTimeout(retry);
      await current?.end().catch(() => {});
    },
  };
}
