import express, { type Request, type Response, type Router } from 'express';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { catalogue } from '../errors/catalogue.ts';
import { DomainError, toDomainError } from '../errors/domainError.ts';
import type { Caller, GraphContext, RequestInfo } from '../graph/core/context.ts';
import type { Services } from '../graph/core/services.ts';
import { maxActiveKeys } from '../graph/identity/plan/limits.ts';
import { createAdmission, type EntryPoint, type Target } from '../pipeline/admit.ts';
import { bearer, credentialHeader } from '../pipeline/credentials.ts';
import { createRequestCounter, withAccounts } from '../pipeline/limits.ts';
import { createContext } from '../pipeline/requestInfo.ts';
import type { PipelineResponse } from '../pipeline/requestLog.ts';
import { apiHeaders, graphiqlHeaders } from '../pipeline/securityHeaders.ts';
import type { Limiters } from '../platform/limiter/limiters.ts';
import { answerSizePlugin } from './answerSize.ts';
import { withBodyLimit } from './bodyLimit.ts';
import { RequestBudget } from './budget.ts';
import { type BudgetContext, budgeted } from './budgetedSchema.ts';
import { costPlugin } from './costPlugin.ts';
import { createDocumentCaches } from './documentCache.ts';
import { formatError } from './errorFormat.ts';
import { graphiqlOptions, renderGraphiql } from './graphiql.ts';
import {
  armorPlugin,
  csrfPlugin,
  documentSizePlugin,
  graphqlLimits,
  parsePlugin,
  validationPlugin,
  valuePlugin,
} from './guards.ts';
import { refuse } from './refuse.ts';

/**
 * How /graphql lets requests in: 1200 a minute by credential, or by address without a valid one, and for all credentials
 * of an account as many as the keys that its plan sells would have.
 */
export const graphqlEntryPoint: EntryPoint = {
  name: 'graphql',
  credentials: [bearer, credentialHeader('X-API-Key')],
  limits: {
    rules: withAccounts(
      [{ name: 'requests', points: 1200, windowSeconds: 60, appliesTo: () => true }],
      (plan) => maxActiveKeys(plan, 'BINBOI'),
    ),
    headers: ({ limit, remaining, resetAtMs }) => ({
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': String(remaining),
      'RateLimit-Reset': String(Math.max(0, Math.ceil((resetAtMs - Date.now()) / 1000))),
    }),
  },
};

/**
 * Every operation. A wrong credential fails the whole request: a client must not take "signed out" for "nothing there".
 */
const target: Target = { method: 'POST', path: '/graphql', access: 'optional' };

interface EndpointContext {
  readonly req: Request;
  readonly info: RequestInfo;
  readonly caller: Caller | null;
}

/** An error that ends the whole request, with its HTTP status. */
function fatal(cause: unknown): unknown {
  const error = toDomainError(cause);
  if (error.code === 'INTERNAL') return cause;
  return new GraphQLError(error.message, {
    extensions: { ...error.extensions, http: { status: catalogue[error.code].status } },
  });
}

/**
 * The HTTP side of a lost database: 503 when nothing was answered, and Retry-After in any case. A proxy or a client's
 * retry looks at nothing else; with a part of the answer, a status of 200 keeps clients from dropping that part.
 */
function withRetryAfter(error: GraphQLError, hasData: boolean): GraphQLError {
  const { code, retryAfterSeconds = 1 } = error.extensions;
  if (code !== 'SERVICE_UNAVAILABLE') return error;
  const http = { headers: { 'Retry-After': String(retryAfterSeconds) }, ...(!hasData && { status: 503 }) };
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    path: error.path,
    extensions: { ...error.extensions, http },
  });
}

function formatPlugin({ log }: Services): Plugin<EndpointContext> {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      const one = Array.isArray(result) ? undefined : result;
      if (!one || !('errors' in one) || !one.errors?.length) return;
      const { id } = (serverContext as unknown as EndpointContext).info;
      const onInternal = (err: unknown) => log.error({ err, requestId: id }, 'GraphQL request failed');
      const fields: unknown[] = Object.values(('data' in one && one.data) || {});
      const hasData = fields.some((field) => field !== null);
      const errors = one.errors.map((error) => withRetryAfter(formatError(error, id, onInternal), hasData));
      setResult({ ...one, errors });
    },
  };
}

/**
 * True for a Host header of which a URL can be made: Yoga makes one before anything else, and its
 * failure there is a 500 with a stack trace in it.
 */
const isUsableHost = (host: string | undefined) => !host || URL.canParse(`http://${host}`);

const noop = () => {};

/** Serves `/graphql`: the GraphQL endpoint with its guards, and GraphiQL from the server's own files. */
export function createGraphqlRouter(schema: GraphQLSchema, services: Services, limiters: Limiters): Router {
  const { config, credentials, log } = services;
  const counter = createRequestCounter(graphqlEntryPoint, limiters);
  const admission = createAdmission(graphqlEntryPoint.credentials, credentials, counter);
  const yoga = createYoga<EndpointContext, GraphContext & BudgetContext>({
    schema: budgeted(schema),
    graphqlEndpoint: '/graphql',
    landingPage: false,
    batching: false,
    logging: false,
    parserAndValidationCache: createDocumentCaches(),
    // Errors are masked by `formatPlugin`, which knows the request's id.
    maskedErrors: false,
    // Credentials travel in headers that a foreign page cannot know, so any origin may call.
    cors: { origin: '*', credentials: false },
    graphiql: graphiqlOptions,
    renderGraphiQL: renderGraphiql,
    context: async ({ req, info, caller: admitted }) => {
      const caller = await admission.recheck(req.headers, admitted).catch((error: unknown) => {
        throw fatal(error);
      });
      return { ...createContext(services, info, caller), budget: new RequestBudget(graphqlLimits) };
    },
    plugins: [
      csrfPlugin,
      parsePlugin,
      documentSizePlugin(config.graphqlMaxDocumentBytes),
      valuePlugin,
      validationPlugin,
      armorPlugin(),
      costPlugin(schema, graphqlLimits.maxCost),
      answerSizePlugin(graphqlLimits.maxCharacters),
      formatPlugin(services) as Plugin,
    ],
  });

  /** Throws what ends the request before its body is read. A preflight carries no credential and runs nothing. */
  async function admit(req: Request, res: Response, info: RequestInfo): Promise<Caller | null> {
    if (req.method === 'OPTIONS') return null;
    const headers: Record<string, string> = {};
    try {
      const caller = await admission.admit(target, { req, res, info }, headers);
      if (!isUsableHost(req.headers.host)) throw new DomainError('INVALID_PARAMETER');
      return caller;
    } finally {
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    }
  }

  async function answer(req: Request, res: PipelineResponse): Promise<void> {
    const { info } = res.locals;
    const outcome = { api: graphqlEntryPoint.name, route: target.path };
    res.locals.outcome = outcome;
    if (req.method === 'GET') graphiqlHeaders(req, res, noop);
    else apiHeaders(res);
    let caller: Caller | null;
    try {
      caller = await admit(req, res, info);
    } catch (cause) {
      const error = toDomainError(cause);
      if (error.code === 'INTERNAL') log.error({ err: cause, requestId: info.id }, 'GraphQL request failed');
      refuse(res, error);
      req.resume();
      return;
    }
    res.locals.outcome = { ...outcome, caller };
    if (withBodyLimit(req, res)) await yoga(req, res, { req, info, caller });
  }

  // Yoga answers this very path only.
  const router = express.Router({ caseSensitive: true, strict: true });
  router.route(target.path).all((req, res) => answer(req, res as PipelineResponse));
  return router;
}
