import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/platform/metrics/metrics.ts';

describe('metrics', () => {
  it('are the process’ own: two servers in one process do not share them', async () => {
    const [one, two] = [createMetrics(), createMetrics()];
    one.httpRequests.inc({ api: 'binboi', route: '/api/v1/tokens', method: 'GET', status: 200 });
    expect(await one.registry.metrics()).toContain(
      'latchkey_http_requests_total{api="binboi",route="/api/v1/tokens",method="GET",status="200"} 1',
    );
    expect((await two.httpRequests.get()).values).toEqual([]);
  });

  it('hold each counter that the server has, and those of the process', async () => {
    const metrics = createMetrics();
    const text = await metrics.registry.metrics();
    for (const name of [
      'latchkey_http_requests_total',
      'latchkey_http_duration_seconds',
      'latchkey_http_in_flight',
      'latchkey_hash_queue',
      'latchkey_database_seconds',
      'latchkey_database_statements_total',
      'latchkey_mail_outcome_total',
      'latchkey_limiter_store_errors_total',
      'latchkey_limited_total',
      'process_cpu_seconds_total',
      'nodejs_eventloop_lag_seconds',
    ]) {
      expect(text).toContain(`# TYPE ${name} `);
    }
  });

  it('refuse a label that was not declared', () => {
    const metrics = createMetrics();
    // @ts-expect-error the compiler refuses it too: a label with a URL or an account in it grows without bound
    expect(() => metrics.httpRequests.inc({ url: '/x' })).toThrow();
  });
});
