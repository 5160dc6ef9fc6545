import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { API_NAMES, type Config } from '../config/config.ts';
import type { Caller, GraphContext, RequestInfo } from '../graph/core/context.ts';
import type { Services } from '../graph/core/services.ts';

const maxIdLength = 128;
/** What Node lets into a header that is sent back; the log writes it as JSON, so it cannot fake a line. */
const idPattern = /^[\t\x20-\x7e\x80-\xff]+$/;

/** The caller's request id where it is usable (Binboi 1), else a new UUID. */
function idOf(req: Request): string {
  const given = req.headers['x-request-id'];
  return typeof given === 'string' && given.length <= maxIdLength && idPattern.test(given)
    ? given
    : randomUUID();
}

/** The host that was asked for, lower-case and without port. */
export function hostOf(req: Request): string {
  return (req.hostname ?? '').toLowerCase();
}

/** True for the host of one API: the pages that mailed links lead to are not served there. */
export function isApiHost(req: Request, config: Config): boolean {
  const host = hostOf(req);
  return host in config.apiHosts || API_NAMES.some((name) => host === `${name}.localhost`);
}

/**
 * Where the request went, as its caller wrote it: a caller who sends a strange Host header gets
 * strange links back, and nobody else does. The scheme of PUBLIC_URL holds for its host, because
 * the proxy that ends TLS may not be trusted to say so.
 */
function originOf(req: Request, { publicUrl }: Config, localPort: number | undefined): string {
  const host = req.host ?? '';
  if (publicUrl && new URL(publicUrl).host === host.toLowerCase()) return new URL(publicUrl).origin;
  const origin = `${req.protocol}://${host}`;
  return URL.canParse(origin) ? new URL(origin).origin : (publicUrl ?? `http://localhost:${localPort}`);
}

/** What resolvers may know of a request. */
export function requestInfo(req: Request, config: Config): RequestInfo {
  // Read now: a socket that is closed has none.
  const { localPort } = req.socket;
  return {
    id: idOf(req),
    address: req.ip ?? 'unknown',
    userAgent: req.headers['user-agent'],
    origin: () => originOf(req, config, localPort),
  };
}

/** Creates the context of a request. Nothing else creates one, whichever entry point the request came by. */
export function createContext(services: Services, request: RequestInfo, caller: Caller | null): GraphContext {
  return { db: services.database.db, services, request, caller };
}
