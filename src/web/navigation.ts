import type { Request } from 'express';
import type { Config } from '../config/config.ts';
import type { Site } from '../graph/core/site.ts';
import { splitUrl } from '../pipeline/mount.ts';
import { isApiHost } from '../pipeline/requestInfo.ts';

/** True for a browser that wants a page to show; programs ask for JSON or for anything. */
export function isNavigation(req: Request): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false;
  return req.headers.accept?.includes('text/html') === true && req.accepts(['json', 'html']) === 'html';
}

/**
 * Where the server's own pages are, seen from the address that was asked; ends with a slash. Relative, because a proxy
 * may serve this server below a path; an API's own host has none of these pages.
 */
export function pagesRoot(req: Request, config: Config, site: Site): string {
  if (isApiHost(req, config)) return `${site.url()}/`;
  const depth = splitUrl(req.originalUrl).path.split('/').length - 2;
  return depth > 0 ? '../'.repeat(depth) : './';
}
