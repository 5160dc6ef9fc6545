import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Config } from './config/config.ts';
import type { Services } from './graph/core/services.ts';
import { schema } from './graph/schema.ts';
import { createGraphqlRouter } from './graphql/endpoint.ts';
import { mountAtRoot, mountByHost, mountByPrefix } from './pipeline/mount.ts';
import { beginRequest, type OpenResponses, type PipelineResponse } from './pipeline/requestLog.ts';
import { apiHeaderValues } from './pipeline/securityHeaders.ts';
import type { Limiters } from './platform/limiter/limiters.ts';
import type { Log } from './platform/log/log.ts';
import type { Metrics } from './platform/metrics/metrics.ts';
import { apis } from './rest/apis/index.ts';
import { createApiRouter } from './rest/engine/apiRouter.ts';
import type { Executor } from './rest/engine/execute.ts';
import { createApiPages } from './web/apiPages.ts';
import { isNavigation } from './web/navigation.ts';
import { answerHealth, answerMetrics } from './web/operations.ts';
import { createNotFoundPage } from './web/pages/notFound.ts';
import { createPages } from './web/pages/pages.ts';
import { createReference } from './web/reference/reference.ts';

/** What an app is made of; nothing of it is global, so a process may hold several. */
export interface AppParts {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly services: Services;
  readonly limiters: Limiters;
  readonly responses: OpenResponses;
  readonly executor?: Executor;
  /** See `EngineOptions`. */
  readonly verifyAnswers?: boolean;
}

/** The whole server as an Express app: the APIs, the GraphQL endpoint, the reference and the operations. */
export function createApp(parts: AppParts): Express {
  const { config, log, metrics, services, limiters, responses } = parts;
  const showNotFound = createNotFoundPage(config, services.site);
  const engine = {
    schema,
    services,
    limiters,
    headers: apiHeaderValues,
    executor: parts.executor ?? 'graphql-jit',
    verifyAnswers: parts.verifyAnswers ?? false,
    showPage: createApiPages(config, services.site, showNotFound),
  } as const;
  const routers = apis.map((api) => createApiRouter(api, engine));

  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', false);
  app.enable('case sensitive routing');
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(beginRequest(config, log, metrics, responses));
  app.use(mountByHost(routers, config.apiHosts));
  app.use(mountByPrefix(routers));
  app.use(mountAtRoot(routers, config.rootApi));
  app.use((_req, res, next) => {
    res.setHeader('X-Request-ID', (res as PipelineResponse).locals.info.id);
    next();
  });
  app.use(createGraphqlRouter(schema, services, limiters));
  app.get('/health', (_req, res) => answerHealth(res, 'ready', services.database, responses.draining));
  app.get('/health/live', (_req, res) => answerHealth(res, 'live', services.database, responses.draining));
  app.get('/health/ready', (_req, res) => answerHealth(res, 'ready', services.database, responses.draining));
  app.get('/metrics', (_req, res) => answerMetrics(res, metrics));
  app.use(createReference(apis));
  app.use(createPages(apis));
  app.use((req: Request, res: Response) => {
    if (isNavigation(req)) return showNotFound(req, res as PipelineResponse);
    res.vary('Accept').status(404).json({ error: 'There is no such path.' });
  });
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
