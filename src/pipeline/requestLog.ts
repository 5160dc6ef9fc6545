import type { Request, Response } from 'express';
import type { Log } from '../platform/log/log.ts';
import type { Metrics } from '../platform/metrics/metrics.ts';

/** What is known of a request once it was answered. */
export interface Outcome {
  /** `graphql`, `server`, or an API's name. */
  readonly api: string;
  /** The declared path, never the one that was called: that may hold a share code or a token. */
  readonly route: string;
  readonly accountId?: string | undefined;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Begins to record: call it when the request comes in, and the result when its outcome is known. */
export function createRequestLog(log: Log, metrics: Metrics) {
  return (req: Request, res: Response, requestId: string, outcome: () => Outcome): void => {
    const startedAt = performance.now();
    metrics.httpInFlight.inc();
    res.once('close', () => {
      const { api, route, accountId } = outcome();
      const durationMs = performance.now() - startedAt;
      const method = methods.has(req.method) ? req.method : 'other';
      const status = res.writableFinished ? res.statusCode : 499;
      metrics.httpInFlight.dec();
      metrics.httpRequests.inc({ api, route, method, status });
      metrics.httpDurationSeconds.observe({ api, route }, durationMs / 1000);
      log.info(
        {
          requestId,
          api,
          method,
          route,
          status,
          durationMs: Math.round(durationMs * 10) / 10,
          accountId,
        },
        'request',
      );
    });
  };
}
