import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Request } from 'express';
import { API_NAMES, type Config } from '../config/config.ts';
import type { RequestInfo } from '../graph/core/context.ts';

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

/**
 * True when a host name can only mean this server. Anything else in a Host header may be an
 * attacker's, and a link in a mail that followed it would hand them the victim's reset token.
 */
function isOurs(host: string, { localAddress }: Listener): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === localAddress?.replace(/^::ffff:/, '')
  );
}

/** This server's end of a connection, read while it is open: mails may be written after it was closed. */
type Listener = Readonly<Pick<Socket, 'localAddress' | 'localPort'>>;

/**
 * A name with or without a port, and nothing else: behind `localhost:80@evil.example` stands
 * evil.example, and of `localhost:99999` no URL can be made.
 */
function isPlain(written: string): boolean {
  return /^[a-z0-9.-]+(:\d+)?$/i.test(written) && URL.canParse(`http://${written}`);
}

/** True for the host of one API: the pages that mailed links lead to are not served there. */
export function isApiHost(req: Request, config: Config): boolean {
  const host = hostOf(req);
  return host in config.apiHosts || API_NAMES.some((name) => host === `${name}.localhost`);
}

/** Scheme, host and port for links: PUBLIC_URL, or where the request went if that is certainly this server. */
function publicUrlOf(req: Request, config: Config, listener: Listener): string {
  if (config.publicUrl) return config.publicUrl;
  const host = hostOf(req);
  if (isPlain(req.host ?? '')) {
    if (isApiHost(req, config)) return `${req.protocol}://localhost${req.host.slice(req.hostname.length)}`;
    if (isOurs(host, listener)) return `${req.protocol}://${req.host}`;
  }
  return `http://localhost:${listener.localPort ?? config.port}`;
}

/**
 * Where the request went, as its caller wrote it: a caller who sends a strange Host header gets
 * strange links back, and nobody else does. The scheme of PUBLIC_URL holds for its host, because
 * the proxy that ends TLS may not be trusted to say so.
 */
function originOf(req: Request, config: Config, listener: Listener): string {
  const { publicUrl } = config;
  const host = req.host ?? '';
  if (publicUrl && new URL(publicUrl).host === host.toLowerCase()) return new URL(publicUrl).origin;
  const origin = `${req.protocol}://${host}`;
  return URL.canParse(origin) ? new URL(origin).origin : publicUrlOf(req, config, listener);
}

/** What resolvers may know of a request. */
export function requestInfo(req: Request, config: Config): RequestInfo {
  const { localAddress, localPort } = req.socket;
  const listener = { localAddress, localPort };
  return {
    id: idOf(req),
    address: req.ip ?? 'unknown',
    userAgent: req.headers['user-agent'],
    origin: () => originOf(req, config, listener),
    publicUrl: () => publicUrlOf(req, config, listener),
  };
}
