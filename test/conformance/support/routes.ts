import type { Response } from 'supertest';
import { apis } from '../../../src/rest/apis/index.ts';
import type { Api } from '../../../src/rest/engine/api.ts';
import type { Route } from '../../../src/rest/engine/route.ts';
import type { TestApp } from '../../support/app.ts';

/** A route with its API. The test callers go over all of them, so a new API is covered as soon as it is listed. */
export interface Served {
  readonly api: Api;
  readonly route: Route;
  /** Such as `binboi GET /api/v1/tokens`. */
  readonly name: string;
}

/** Every route that is served. */
export const served: readonly Served[] = apis.flatMap((api) =>
  api.routes.map((route) => ({ api, route, name: `${api.name} ${route.method} ${route.path}` })),
);

/** Routes for `it.each`, by name. */
export const cases = (routes: readonly Served[] = served): [string, Served][] =>
  routes.map((one) => [one.name, one]);

/** The names of what varies in a path. */
export const parameterNames = ({ path }: Route): string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string);

/** The path with its values, `unknown` where there is none, percent-encoded. */
export function fill({ path }: Route, values: Readonly<Record<string, string>> = {}): string {
  return path.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(values[name] ?? 'unknown'));
}

/** True when a path that was called fits a route's. */
export function fits(path: string, declared: string): boolean {
  const parts = (text: string) => text.replace(/\/$/, '').split('/');
  const [called, pattern] = [parts(path), parts(declared)];
  return (
    called.length === pattern.length &&
    pattern.every((part, at) => part.startsWith(':') || part === called[at])
  );
}

/** What a call sends. */
export interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls a route by its API's prefix. */
export async function call(app: TestApp, { api, route }: Served, sent: Sent = {}): Promise<Response> {
  const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  const request = app.request[method](
    `/${api.name}${fill(route, sent.params)}${sent.query ? `?${sent.query}` : ''}`,
  );
  for (const [name, value] of Object.entries(sent.headers ?? {})) request.set(name, value);
  if (sent.body === undefined) return request;
  return request.set('content-type', 'application/json').send(JSON.stringify(sent.body));
}

/** The headers that carry a credential, one set for each way that the API takes one. */
export function waysToSend({ credentials, csrf }: Api, text: string): Record<string, string>[] {
  return credentials.map(({ scheme: { definition } }): Record<string, string> => {
    if (definition.type === 'http') return { authorization: `Bearer ${text}` };
    if (definition.in !== 'cookie') return { [String(definition.name)]: text };
    // A page that calls with cookies sends the CSRF token as well.
    return {
      cookie: `${definition.name}=${text}${csrf ? `; ${csrf.cookie}=token` : ''}`,
      ...(csrf && { [csrf.header]: 'token' }),
    };
  });
}
