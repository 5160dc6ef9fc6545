import type { Request, Response } from 'express';
import type { GraphQLSchema } from 'graphql';
import { DomainError, toDomainError } from '../../errors/domainError.ts';
import type { Caller, GraphContext, RequestInfo } from '../../graph/core/context.ts';
import type { Services } from '../../graph/core/services.ts';
import type { Limiters } from '../../platform/limiter/limiters.ts';
import { type ApiRequest, createAdmission } from './admission.ts';
import type { Api } from './api.ts';
import { bind } from './bind.ts';
import { readJson } from './body.ts';
import { type CookieChange, readCookies, writeCookie } from './cookies.ts';
import { checkCsrf } from './csrf.ts';
import { replyToError } from './errorMapping.ts';
import { type Executor, type Operation, prepare } from './execute.ts';
import { createLimits } from './limits.ts';
import { isBelow } from './mount.ts';
import { type Reply, send } from './reply.ts';
import { preflight, responseHeaders } from './responseHeaders.ts';
import type { Place, Route } from './route.ts';
import { createRouter, type Router } from './router.ts';

/** What the engine needs of the rest of the server. */
export interface EngineOptions {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly limiters: Limiters;
  readonly executor: Executor;
  /** Of every answer, unless its API takes them away. */
  readonly headers: Readonly<Record<string, string>>;
  /** Checks every answer against its declared schema; for tests, where a wrong one is thrown. */
  readonly verifyAnswers: boolean;
}

/** A request that belongs to an API. */
export interface Call {
  readonly req: Request;
  readonly res: Response;
  readonly info: RequestInfo;
  /** What preceded the documented path; see `Mounted`. */
  readonly base: string;
  /** As documented: without prefix and query. */
  readonly path: string;
  readonly search: string;
  /** Whether cookies may travel over TLS only. */
  readonly secureCookies: boolean;
}

interface Entry {
  readonly route: Route;
  readonly operation: Operation;
}

/** Where a call came in; its origin is worked out by the few answers that need it. */
function placeOf({ info, base, path, search: query }: Call): Place {
  return {
    base,
    path,
    query,
    get origin() {
      return info.origin();
    },
  };
}

/** One API, ready to answer. */
export interface ApiServer {
  readonly api: Api;
  readonly router: Router<Entry>;
  /** Answers the call; returns the route's path for logs and metrics, and never throws. */
  answer(call: Call): Promise<{ route: string; caller: Caller | null }>;
}

/** Builds the server of an API; every document is validated here, so a wrong one stops the start. */
export function createApiServer(api: Api, options: EngineOptions): ApiServer {
  const { services } = options;
  const admission = createAdmission(api, services.credentials, createLimits(api, options.limiters));
  const entries = api.routes.map((route) => ({
    route,
    operation: prepare(options.schema, route.document, options.executor),
  }));
  const router = createRouter(entries);
  const fixedHeaders = responseHeaders(api, services.config, options.headers);
  const answersPreflights = api.corsOrigin !== undefined;

  function verified(route: Route, body: unknown): unknown {
    if (options.verifyAnswers) route.success.body?.schema.parse(body);
    return body;
  }

  async function run(
    { route, operation }: Entry,
    params: Record<string, string | undefined>,
    call: Call,
    caller: Caller | null,
  ) {
    const body = route.body ? await readJson(call.req, call.res) : undefined;
    const { headers } = call.req;
    const sent = { cookies: readCookies(headers), credential: admission.credentialOf(headers) };
    const variables = route.variables(bind(route, params, call.search, body, sent));
    const context: GraphContext = { db: services.database.db, services, request: call.info, caller };
    const data = await operation(variables, context);
    const { success } = route;
    return {
      status: success.alternative?.when(data) ? success.alternative.status : success.status,
      body: success.body && verified(route, success.body.map(data, placeOf(call))),
      cookies: success.cookies?.(data) ?? [],
    };
  }

  /** For a path or method that is not there. Throws what the caller gets for it. */
  async function answerUnknown(call: ApiRequest & Call, headers: Record<string, string>): Promise<Reply> {
    const allow = router.methodsOf(call.path);
    const asksWhatIsThere = call.req.method === 'OPTIONS' && allow.length > 0;
    const isOurs = api.bases.some((base) => isBelow(call.path, base));
    await admission.admitUnknown(call, headers, isOurs && !asksWhatIsThere);
    if (allow.length === 0) throw new DomainError('ROUTE_NOT_FOUND');
    if (call.req.method !== 'OPTIONS') throw new DomainError('METHOD_NOT_ALLOWED', { allow });
    return { status: 204, headers: { Allow: allow.join(', ') }, body: undefined };
  }

  function replyTo(error: DomainError, requestId: string, route?: Route): Reply {
    if (error.code === 'INTERNAL') services.log.error({ err: error.cause, requestId }, 'request failed');
    return replyToError(error, api, route);
  }

  return {
    api,
    router,
    async answer(call) {
      const match = router.find(call.req.method, call.path);
      const route = match?.entry.route;
      const headers: Record<string, string> = { 'X-Request-ID': call.info.id, ...fixedHeaders };
      const asked = answersPreflights && preflight(call.req);
      if (asked) {
        await send(call.res, { ...asked, headers: { ...headers, ...asked.headers } }, api);
        return { route: route?.path ?? 'unknown', caller: null };
      }
      let caller: Caller | null = null;
      let reply: Reply;
      const { cookies: issued, rejection } = checkCsrf(api, call.req.method, call.path, call.req.headers);
      const request = rejection ? { ...call, rejection } : call;
      let changes: readonly CookieChange[] = issued;
      try {
        if (match) {
          caller = await admission.admit(match.entry.route, request, headers);
          const { status, body, cookies } = await run(match.entry, match.params, call, caller);
          changes = [...changes, ...cookies];
          reply = { status, headers: {}, body };
        } else {
          reply = await answerUnknown(request, headers);
        }
      } catch (thrown) {
        const error = toDomainError(thrown);
        reply = replyTo(error, call.info.id, route);
        // Not for what ends before the route or because the server is busy: the next try may go well.
        if (route?.errors.includes(error.code)) changes = [...changes, ...(route.errorCookies ?? [])];
      }
      const cookies = changes.map((change) => writeCookie(change, call.base, call.secureCookies));
      const setCookies: Reply['headers'] = cookies.length > 0 ? { 'Set-Cookie': cookies } : {};
      await send(call.res, { ...reply, headers: { ...headers, ...setCookies, ...reply.headers } }, api);
      return { route: route?.path ?? 'unknown', caller };
    },
  };
}
