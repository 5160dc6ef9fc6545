import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Config } from './config/config.ts';
import type { Services } from './graph/core/services.ts';
import { schema } from './graph/schema.ts';
import { createGraphqlEndpoint } from './graphql/endpoint.ts';
import { hostOf, requestInfo } from './pipeline/requestInfo.ts';
import { createRequestLog, type Outcome } from './pipeline/requestLog.ts';
import { apiHeaders, apiHeaderValues, graphiqlHeaders } from './pipeline/securityHeaders.ts';
import type { Limiters } from './platform/limiter/limiters.ts';
import type { Log } from './platform/log/log.ts';
import type { Metrics } from './platform/metrics/metrics.ts';
import { apis } from './rest/apis/index.ts';
import { createApiServer } from './rest/engine/engine.ts';
import type { Executor } from './rest/engine/execute.ts';
import { createMounts } from './rest/engine/mount.ts';
import { answerHealth, answerMetrics } from './web/operations.ts';
import { createPages } from './web/pages/pages.ts';
import { createReference } from './web/reference/reference.ts';

/** What an app is made of; nothing of it is global, so a process may hold several. */
export interface AppParts {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly services: Services;
  readonly limiters: Limiters;
  /** True once the server has begun to stop. */
  readonly draining: () => boolean;
  readonly executor?: Executor;
  /** See `EngineOptions`. */
  readonly verifyAnswers?: boolean;
}

/** The whole server as an Express app: the APIs, the GraphQL endpoint, the reference and the operations. */
export function createApp(parts: AppParts): Express {
  const { config, log, metrics, services, limiters, draining } = parts;
  const engine = {
    schema,
    services,
    limiters,
    headers: apiHeaderValues,
    executor: parts.executor ?? 'graphql-jit',
    verifyAnswers: parts.verifyAnswers ?? false,
  } as const;
  const findMount = createMounts(
    apis.map((api) => createApiServer(api, engine)),
    { hosts: config.apiHosts, rootApi: config.rootApi },
  );
  const graphqlEndpoint = createGraphqlEndpoint(schema, services, limiters);
  const record = createRequestLog(log, metrics);

  async function dispatch(req: Request, res: Response, next: NextFunction): Promise<void> {
    const info = requestInfo(req, config);
    let outcome: Outcome = { api: 'server', route: 'other' };
    record(req, res, info.id, () => outcome);
    const [path = '/', search = ''] = splitUrl(req.url);
    const mount = findMount(hostOf(req), req.method, path);
    if (mount) {
      const { api } = mount.server;
      outcome = { api: api.name, route: 'unknown' };
      const { route, caller } = await mount.server.answer({
        req,
        res,
        info,
        base: mount.base,
        path: mount.path,
        search,
        // Contracts want Secure in production, which is also what an unset NODE_ENV means here; but a client
        // on http://localhost would then lose its session. So the connection decides, and TRUST_PROXY, which
        // says that TLS ends in front of this server, decides for all of them: a proxy that forgets to say
        // `X-Forwarded-Proto` must not bring cookies into the open.
        secureCookies: config.trustProxy !== false || req.secure,
      });
      outcome = { api: api.name, route, accountId: caller?.account.id };
    } else if (path === '/graphql') {
      res.setHeader('X-Request-ID', info.id);
      outcome = { api: 'graphql', route: '/graphql' };
      if (req.method === 'GET') graphiqlHeaders(req, res, noop);
      else apiHeaders(res);
      await graphqlEndpoint(req, res, info, (caller) => {
        outcome = { ...outcome, accountId: caller.account.id };
      });
    } else {
      res.setHeader('X-Request-ID', info.id);
      next();
    }
  }

  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', false);
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(dispatch);
  app.get('/health', (_req, res) => answerHealth(res, 'ready', services.database, draining()));
  app.get('/health/live', (_req, res) => answerHealth(res, 'live', services.database, draining()));
  app.get('/health/ready', (_req, res) => answerHealth(res, 'ready', services.database, draining()));
  app.get('/metrics', (_req, res) => answerMetrics(res, metrics));
  app.use(createReference(apis));
  app.use(createPages(apis));
  app.use((_req: Request, res: Response) => void res.status(404).json({ error: 'There is no such path.' }));
  app.use((err: unknown, _req: Request, res: Response, _next: NextFunction) => {
    const status = (err as { status?: number }).status;
    const known = typeof status === 'number' && status >= 400 && status < 500;
    if (!known) log.error({ err }, 'request failed');
    if (res.headersSent) return void res.destroy();
    res
      .status(known ? status : 500)
      .json({ error: known ? 'Bad request.' : 'Something went wrong on the server.' });
  });
  return app;
}

const noop = () => {};

function splitUrl(url: string): [string, string] {
  const at = url.indexOf('?');
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}
