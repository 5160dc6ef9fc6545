import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config/config.ts';
import type { Api } from './api.ts';
import type { Reply } from './reply.ts';

/** Which methods a page of the configured origin may use. */
const corsMethods = 'GET,POST,PUT,DELETE,PATCH';

/** Header names are compared in lower case (RFC 9110, section 5.1). */
const without = (headers: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => each.toLowerCase() !== name.toLowerCase()));

/** The headers that every answer of an API has: the server's, with what the API adds and takes away. */
export function responseHeaders(
  api: Pick<Api, 'headers' | 'corsOrigin'>,
  config: Config,
  ofServer: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  let headers = { ...ofServer };
  for (const [name, value] of Object.entries(api.headers?.(config) ?? {})) {
    headers = without(headers, name);
    if (value !== null) headers[name] = value;
  }
  const origin = api.corsOrigin?.(config);
  if (origin === undefined) return headers;
  // The configured origin, never the caller's: an answer with credentials is for that page alone.
  return {
    ...headers,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Origin',
  };
}

/** The answer to a preflight; undefined for every other request. */
export function preflight({
  method,
  headers,
}: Pick<IncomingMessage, 'method' | 'headers'>): Reply | undefined {
  if (method !== 'OPTIONS' || !headers['access-control-request-method']) return undefined;
  const asked = headers['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': corsMethods,
      ...(asked && { 'Access-Control-Allow-Headers': asked }),
      Vary: 'Origin, Access-Control-Request-Headers',
      'Content-Length': '0',
    },
    body: undefined,
  };
}
