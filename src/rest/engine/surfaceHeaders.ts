import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../../config.ts';
import type { Surface } from './surface.ts';

/** Which methods a page of the configured origin may use. */
const corsMethods = 'GET,POST,PUT,DELETE,PATCH';

/** Puts the headers on an answer that every answer of the surface has; true when it was a preflight, and is answered. */
export type WriteSurfaceHeaders = (req: IncomingMessage, res: ServerResponse) => boolean;

/** The writer for one surface; its headers are worked out once. */
export function createSurfaceHeaders(surface: Surface, config: Config): WriteSurfaceHeaders {
  const fixed = Object.entries(surface.headers?.(config) ?? {});
  const origin = surface.corsOrigin?.(config);
  return (req, res) => {
    for (const [name, value] of fixed) {
      if (value === null) res.removeHeader(name);
      else res.setHeader(name, value);
    }
    if (origin === undefined) return false;
    // The configured origin, never the caller's: an answer with credentials is for that page alone.
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Allow-Credentials', 'true');
    res.setHeader('Vary', 'Origin');
    if (req.method !== 'OPTIONS' || !req.headers['access-control-request-method']) return false;
    const asked = req.headers['access-control-request-headers'];
    res.setHeader('Access-Control-Allow-Methods', corsMethods);
    if (asked) res.setHeader('Access-Control-Allow-Headers', asked);
    res.setHeader('Vary', 'Origin, Access-Control-Request-Headers');
    res.statusCode = 204;
    res.setHeader('Content-Length', '0');
    res.end();
    return true;
  };
}
