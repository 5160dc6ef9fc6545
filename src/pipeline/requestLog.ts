import type { RequestHandler, Response } from 'express';
import type { Config } from '../config/config.ts';
import type { Caller, RequestInfo } from '../graph/core/context.ts';
import type { Log } from '../platform/log/log.ts';
import type { Metrics } from '../platform/metrics/metrics.ts';
import { requestInfo } from './requestInfo.ts';

/** What is known of a request once it was answered. */
export interface Outcome {
  /** `graphql`, `server`, or an API's name. */
  readonly api: string;
  /** The declared path, never the one that was called: that may hold a share code or a token. */
  readonly route: string;
  readonly caller?: Caller | null | undefined;
}

/** What the handlers of a request share, in `res.locals`. */
export interface RequestLocals {
  info: RequestInfo;
  /** Written by the handler that answers, read by the log. */
  outcome: Outcome;
}

/** A response whose request has begun. */
export type PipelineResponse = Response<unknown, RequestLocals & Record<string, unknown>>;

/** The responses that are not out yet. */
export class OpenResponses {
  readonly #open = new Set<Response>();
  #draining = false;

  /** True once the server has begun to stop. */
  get draining(): boolean {
    return this.#draining;
  }

  add(res: Response): void {
    this.#open.add(res);
    if (this.#draining) res.shouldKeepAlive = false;
  }

  delete(res: Response): void {
    this.#open.delete(res);
  }

  /** While draining, responses say `Connection: close`, so that no client reuses a socket that is about to be closed. */
  drain(): void {
    this.#draining = true;
    for (const res of this.#open) res.shouldKeepAlive = false;
  }
}

/** What the server answers outside of `/graphql` and the APIs. */
const server = 'server';

/** Names the route of requests that no handler of one path answers, such as those to a folder of files. */
export function nameRoute(route: string): RequestHandler {
  return (_req, res, next) => {
    (res.locals as RequestLocals).outcome = { api: server, route };
    next();
  };
}

/** What the log may show of a caller: the account, and of an API key the part that names it. */
function describeCaller({ caller }: Outcome) {
  const credential = caller?.credential;
  return {
    accountId: caller?.account.id,
    keyPrefix: credential?.kind === 'API_KEY' ? credential.prefix : undefined,
  };
}

/** Load balancers ask for their health all day long: that it is well is worth no line. */
const isRoutine = (route: string, status: number) => /^\/health\b/.test(route) && status < 400;

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The first handler of every request: gives it an id, and writes its log line and metrics once it is answered. */
export function beginRequest(
  config: Config,
  log: Log,
  metrics: Metrics,
  responses: OpenResponses,
): RequestHandler {
  return (req, res, next) => {
    const locals = res.locals as RequestLocals;
    locals.info = requestInfo(req, config);
    locals.outcome = { api: server, route: 'other' };
    const startedAt = performance.now();
    metrics.httpInFlight.inc();
    responses.add(res);
    res.once('close', () => {
      responses.delete(res);
      const { outcome } = locals;
      const { api } = outcome;
      // Express keeps the declared path of the server's own routes.
      const route: string = api === server ? (req.route?.path ?? outcome.route) : outcome.route;
      const durationMs = performance.now() - startedAt;
      const method = methods.has(req.method) ? req.method : 'other';
      const status = res.writableFinished ? res.statusCode : 499;
      metrics.httpInFlight.dec();
      metrics.httpRequests.inc({ api, route, method, status });
      metrics.httpDurationSeconds.observe({ api, route }, durationMs / 1000);
      log[isRoutine(route, status) ? 'debug' : 'info'](
        {
          requestId: locals.info.id,
          api,
          method,
          route,
          status,
          durationMs: Math.round(durationMs * 10) / 10,
          ...describeCaller(outcome),
        },
        'request',
      );
    });
    next();
  };
}
