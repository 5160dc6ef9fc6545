import express, { type Request } from 'express';
import type { GraphQLSchema } from 'graphql';
import { DomainError, toDomainError } from '../../errors/domainError.ts';
import type { Caller } from '../../graph/core/context.ts';
import type { Services } from '../../graph/core/services.ts';
import { createAdmission, type IncomingRequest } from '../../pipeline/admit.ts';
import { readCookies } from '../../pipeline/credentials.ts';
import { createRequestCounter } from '../../pipeline/limits.ts';
import { isBelow, type Mountable, splitUrl } from '../../pipeline/mount.ts';
import { createContext } from '../../pipeline/requestInfo.ts';
import type { PipelineResponse } from '../../pipeline/requestLog.ts';
import type { Limiters } from '../../platform/limiter/limiters.ts';
import type { Api } from './api.ts';
import { bind } from './bind.ts';
import { readJson } from './body.ts';
import { type CookieChange, writeCookie } from './cookies.ts';
import { type CsrfResult, checkCsrf } from './csrf.ts';
import { declaredError, replyToError } from './errorMapping.ts';
import { type Executor, type Operation, prepare } from './execute.ts';
import { misusesCookies } from './origin.ts';
import { type Reply, send } from './reply.ts';
import { preflight, responseHeaders } from './responseHeaders.ts';
import type { Place, Route } from './route.ts';
import { createRouteTable, type Match } from './routeTable.ts';

/** Shows a browser a page for an undocumented path; false leaves the answer to the API. */
export type ShowPage = (api: Api, req: Request, res: PipelineResponse, path: string) => boolean;

/** What the engine needs of the rest of the server. */
export interface EngineOptions {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly limiters: Limiters;
  readonly executor: Executor;
  /** Of every answer, unless its API takes them away. */
  readonly headers: Readonly<Record<string, string>>;
  /** Checks every answer against its declared schema and its declared errors; for tests, which a wrong one fails. */
  readonly verifyAnswers: boolean;
  readonly showPage: ShowPage;
}

/** Without cookies there is nothing that another site could misuse. */
const noCsrf: CsrfResult = { cookies: [] };

interface Entry {
  readonly route: Route;
  readonly operation: Operation;
}

/** A request as the steps of the engine read it. */
interface Call extends IncomingRequest {
  readonly req: Request;
  readonly res: PipelineResponse;
  /** As documented: without the mount and the query. */
  readonly path: string;
  readonly search: string;
}

/** Where a call came in; its origin is worked out by the few answers that need it. */
function placeOf({ req, info, path, search: query }: Call): Place {
  return {
    base: req.baseUrl,
    path,
    query,
    get origin() {
      return info.origin();
    },
  };
}

/**
 * Builds the Express Router of an API, to be mounted by prefix, by host or at the root. Every document is validated
 * here, so a wrong one aborts the start.
 */
export function createApiRouter(api: Api, options: EngineOptions): Mountable {
  const { services, limiters } = options;
  const { config, credentials, log } = services;
  const admission = createAdmission(api.credentials, credentials, createRequestCounter(api, limiters));
  const table = createRouteTable<Entry>(
    api.routes.map((route) => ({
      route,
      operation: prepare(options.schema, route.document, options.executor),
    })),
  );
  const fixedHeaders = responseHeaders(api, config, options.headers);
  const answersPreflights = api.corsOrigin !== undefined;

  /** What the origin of a request and the double submit say to its cookies. */
  function checkCookies(req: Request, path: string, route: Route | undefined): CsrfResult {
    if (misusesCookies(req, path, route, api, config)) {
      return { cookies: [], rejection: new DomainError('CSRF_INVALID') };
    }
    return api.csrf && req.headers.cookie !== undefined
      ? checkCsrf(api, req.method, path, req.headers)
      : noCsrf;
  }

  function verified(route: Route, body: unknown): unknown {
    if (options.verifyAnswers) route.success.body?.schema.parse(body);
    return body;
  }

  /** Binds the request, executes the route's document and maps the result. */
  async function run(
    { entry: { route, operation }, params }: Match<Entry>,
    call: Call,
    admitted: Caller | null,
  ) {
    const { headers } = call.req;
    const body = route.body ? await readJson(call.req, call.res) : undefined;
    const sent = { cookies: () => readCookies(headers), credential: () => admission.credentialOf(headers) };
    const variables = route.variables(bind(route, params, call.search, body, sent));
    const caller = await admission.recheck(headers, admitted);
    const data = await operation(variables, createContext(services, call.info, caller));
    const { success } = route;
    const reply: Reply = {
      status: success.alternative?.when(data) ? success.alternative.status : success.status,
      headers: {},
      body: success.body && verified(route, success.body.map(data, placeOf(call))),
    };
    return { reply, cookies: success.cookies?.(data) ?? [] };
  }

  /** Answers OPTIONS for a documented path. Throws what the caller gets for any other unknown path or method. */
  async function answerUnknown(call: Call, headers: Record<string, string>): Promise<Reply> {
    const { method } = call.req;
    const allow = table.methodsOf(call.path);
    const asksWhatIsThere = method === 'OPTIONS' && allow.length > 0;
    const counts = api.limits.unknownCountsAs !== undefined || api.hidesUnknownPaths || call.rejection;
    const caller = counts ? await admission.admitUnknown(call, headers) : null;
    const isOurs = api.bases.some((base) => isBelow(call.path, base));
    if (api.hidesUnknownPaths && isOurs && !asksWhatIsThere) {
      if (caller instanceof DomainError) throw caller;
      if (!caller) throw new DomainError('UNAUTHENTICATED');
    }
    if (allow.length === 0) throw new DomainError('ROUTE_NOT_FOUND');
    if (method !== 'OPTIONS') throw new DomainError('METHOD_NOT_ALLOWED', { allow });
    return { status: 204, headers: { Allow: allow.join(', ') }, body: undefined };
  }

  function replyTo(thrown: DomainError, requestId: string, route?: Route): Reply {
    const error = declaredError(thrown, api, route, options.verifyAnswers);
    if (error.code === 'INTERNAL') log.error({ err: error.cause, requestId }, 'request failed');
    return replyToError(error, api, route);
  }

  async function answer(req: Request, res: PipelineResponse): Promise<void> {
    const { mailFrom, keyRights, requiresProvenAddress, takesCommonPasswords } = api;
    const info = { ...res.locals.info, mailFrom, keyRights, requiresProvenAddress, takesCommonPasswords };
    const { path, search } = splitUrl(req.url);
    const match = table.find(req.method, path);
    const route = match?.entry.route;
    const outcome = { api: api.name, route: route?.path ?? 'unknown' };
    res.locals.outcome = outcome;
    if (!match && table.methodsOf(path).length === 0 && options.showPage(api, req, res, path)) return;
    const headers: Record<string, string> = { 'X-Request-ID': info.id, ...fixedHeaders };
    const asked = answersPreflights && req.method === 'OPTIONS' && preflight(req);
    if (asked) return send(res, { ...asked, headers: { ...headers, ...asked.headers } }, api);
    const { cookies: issued, rejection } = checkCookies(req, path, route);
    const call: Call = { req, res, info, path, search, rejection };
    let changes: readonly CookieChange[] = issued;
    let reply: Reply;
    try {
      if (match) {
        const caller = await admission.admit(match.entry.route, call, headers);
        res.locals.outcome = { ...outcome, caller };
        const done = await run(match, call, caller);
        changes = [...changes, ...done.cookies];
        reply = done.reply;
      } else {
        reply = await answerUnknown(call, headers);
      }
    } catch (thrown) {
      const error = toDomainError(thrown);
      reply = replyTo(error, info.id, route);
      // Not for what ends before the route or because the server is busy: the next try may go well.
      if (route?.errors.includes(error.code)) changes = [...changes, ...(route.errorCookies ?? [])];
    }
    // Contracts want Secure in production, which is also what an unset NODE_ENV means here; but a client
    // on http://localhost would then lose its session. So the connection decides, and TRUST_PROXY, which
    // says that TLS ends in front of this server, decides for all of them: a proxy that forgets to say
    // `X-Forwarded-Proto` must not bring cookies into the open.
    const cookies = changes.map((change) =>
      writeCookie(change, req.baseUrl, config.trustProxy !== false || req.secure),
    );
    const setCookies: Reply['headers'] = cookies.length > 0 ? { 'Set-Cookie': cookies } : {};
    await send(res, { ...reply, headers: { ...headers, ...setCookies, ...reply.headers } }, api);
  }

  const router = express.Router();
  router.use((req, res) => answer(req, res as PipelineResponse));
  return { name: api.name, bases: api.bases, table, router };
}
