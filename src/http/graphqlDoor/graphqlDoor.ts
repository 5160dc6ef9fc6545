import type { Request, Response } from 'express';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { catalogue } from '../../errors/catalogue.ts';
import { DomainError, toDomainError } from '../../errors/domainError.ts';
import type { Caller, GraphContext, RequestFacts } from '../../graph/context.ts';
import type { Services } from '../../graph/services.ts';
import type { Limiters } from '../../platform/limiter/limiters.ts';
import { bearer, credentialHeader } from '../../rest/engine/credentials.ts';
import { answerSizePlugin } from './answerSize.ts';
import { withBodyLimit } from './bodyLimit.ts';
import { RequestBudget } from './budget.ts';
import { type BudgetContext, budgeted } from './budgetedSchema.ts';
import { costPlugin } from './costPlugin.ts';
import { formatError } from './errorFormat.ts';
import { armorPlugin, csrfPlugin, graphqlLimits, parsePlugin, valuePlugin } from './guards.ts';
import { type CountGraphqlRequest, createGraphqlLimit } from './rateLimit.ts';
import { refuse } from './refuse.ts';
import { welcome } from './welcome.ts';

interface DoorContext {
  readonly req: Request;
  readonly res: Response;
  readonly facts: RequestFacts;
  /** Told who called, for the log. */
  readonly onCaller: (caller: Caller) => void;
}

const readers = [bearer, credentialHeader('X-API-Key')];

/** An error that ends the whole request, with its HTTP status. */
function refusal(error: DomainError): GraphQLError {
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

/** A wrong credential fails the whole request with 401: a client must not take "signed out" for "nothing there". */
async function admit(
  { credentials }: Services,
  count: CountGraphqlRequest,
  { req, res, facts }: DoorContext,
) {
  const text = readers.map(({ read }) => read(req.headers)).find(Boolean);
  const attempt = text ? await credentials.authenticate(text).catch(toDomainError) : null;
  const caller = attempt instanceof DomainError ? null : attempt;
  await count(res, caller, facts.address);
  if (attempt instanceof DomainError) throw attempt;
  return caller;
}

function formatPlugin({ log }: Services): Plugin<DoorContext> {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      const one = Array.isArray(result) ? undefined : result;
      if (!one || !('errors' in one) || !one.errors?.length) return;
      const { id } = (serverContext as unknown as DoorContext).facts;
      const onInternal = (err: unknown) => log.error({ err, requestId: id }, 'GraphQL request failed');
      const fields: unknown[] = Object.values(('data' in one && one.data) || {});
      const hasData = fields.some((field) => field !== null);
      const errors = one.errors.map((error) => withRetryAfter(formatError(error, id, onInternal), hasData));
      setResult({ ...one, errors });
    },
  };
}

/**
 * Refuses a Host header of which no URL can be made: Yoga makes one before anything else, and its
 * failure there is a 500 with a stack trace in it. False when the request was refused.
 */
function hasUsableHost(req: Request, res: Response): boolean {
  const { host } = req.headers;
  if (!host || URL.canParse(`http://${host}`)) return true;
  refuse(res, 400, 'INVALID_PARAMETER', catalogue.INVALID_PARAMETER.message);
  return false;
}

/** The GraphQL endpoint with its guards, and GraphiQL from the server's own files. */
export function createGraphqlDoor(
  schema: GraphQLSchema,
  services: Services,
  limiters: Limiters,
): (req: Request, res: Response, facts: RequestFacts, onCaller: (caller: Caller) => void) => Promise<void> {
  const count = createGraphqlLimit(limiters);
  const yoga = createYoga<DoorContext, GraphContext & BudgetContext>({
    schema: budgeted(schema),
    graphqlEndpoint: '/graphql',
    landingPage: false,
    batching: false,
    logging: false,
    // Errors are masked by `formatPlugin`, which knows the request's id.
    maskedErrors: false,
    // Credentials travel in headers that a foreign page cannot know, so any origin may call.
    cors: { origin: '*', credentials: false },
    graphiql: { title: 'Latchkey', defaultQuery: welcome },
    // Nine megabytes: loaded when somebody opens the page, not at start.
    renderGraphiQL: async (options) =>
      (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    context: async (door) => {
      const { facts, onCaller } = door;
      const caller = await admit(services, count, door).catch((error: unknown) => {
        throw error instanceof DomainError && error.code !== 'INTERNAL' ? refusal(error) : error;
      });
      if (caller) onCaller(caller);
      const budget = new RequestBudget(graphqlLimits);
      return { db: services.database.db, services, request: facts, caller, budget };
    },
    plugins: [
      csrfPlugin,
      parsePlugin,
      valuePlugin,
      armorPlugin(),
      costPlugin(schema, graphqlLimits.maxCost),
      answerSizePlugin(graphqlLimits.maxCharacters),
      formatPlugin(services) as Plugin,
    ],
  });
  return async (req, res, facts, onCaller) => {
    if (!hasUsableHost(req, res) || !withBodyLimit(req, res)) return;
    await yoga(req, res, { req, res, facts, onCaller });
  };
}

export type GraphqlDoor = ReturnType<typeof createGraphqlDoor>;
