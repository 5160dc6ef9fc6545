import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { serverVersion } from '../../version.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Everything the server counts. Labels take values from tables in the code, never from a request. */
export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Makes the counters of one process in a registry of their own.
 * `route` is a route's declared path (`/api/bins/:id`), never the URL that was called.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const info = new Gauge({
    name: 'latchkey_info',
    help: 'Version of the server; always 1',
    labelNames: ['version'],
    registers,
  });
  info.set({ version: serverVersion }, 1);
  return {
    registry,
    httpRequests: new Counter({
      name: 'latchkey_http_requests_total',
      help: 'Requests answered',
      labelNames: ['api', 'route', 'method', 'status'],
      registers,
    }),
    httpDurationSeconds: new Histogram({
      name: 'latchkey_http_duration_seconds',
      help: 'Time from request to answer',
      labelNames: ['api', 'route'],
      buckets: SECONDS,
      registers,
    }),
    httpInFlight: new Gauge({ name: 'latchkey_http_in_flight', help: 'Requests being answered', registers }),
    hashQueue: new Gauge({ name: 'latchkey_hash_queue', help: 'Passwords waiting to be hashed', registers }),
    databaseSeconds: new Histogram({
      name: 'latchkey_database_seconds',
      help: 'Time of a database statement',
      buckets: SECONDS,
      registers,
    }),
    databaseStatements: new Counter({
      name: 'latchkey_database_statements_total',
      help: 'Database statements run',
      registers,
    }),
    mailOutcome: new Counter({
      name: 'latchkey_mail_outcome_total',
      help: 'Mails by what became of them',
      labelNames: ['outcome'],
      registers,
    }),
    limiterStoreErrors: new Counter({
      name: 'latchkey_limiter_store_errors_total',
      help: 'Limits counted in memory because their store failed',
      registers,
    }),
    limited: new Counter({
      name: 'latchkey_limited_total',
      help: 'Refusals by the limit that refused',
      labelNames: ['bucket'],
      registers,
    }),
  };
}
