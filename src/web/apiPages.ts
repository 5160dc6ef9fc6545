import type { Request, RequestHandler } from 'express';
import type { Config } from '../config/config.ts';
import type { Site } from '../graph/core/site.ts';
import { isBelow, type Mountable, splitUrl } from '../pipeline/mount.ts';
import type { PipelineResponse } from '../pipeline/requestLog.ts';
import type { Api } from '../rest/engine/api.ts';
import { isNavigation, pagesRoot } from './navigation.ts';
import type { ShowNotFound } from './pages/notFound.ts';
import { referenceOf } from './reference/reference.ts';

/**
 * Serves people who open an address of an API in a browser: its base leads to its reference, and an undocumented path
 * shows a page. Every other request, and every documented path, is the API's own.
 */
export function withPages(
  api: Api,
  mountable: Mountable,
  config: Config,
  site: Site,
  showNotFound: ShowNotFound,
): Mountable {
  const { router, table } = mountable;
  const isBase = (path: string) => path === '' || api.bases.includes(path);
  /** What such an API tells only those who are signed in, it tells no browser either. */
  const isHidden = (path: string) =>
    api.hidesUnknownPaths === true && api.bases.some((base) => isBelow(path, base));

  function show(req: Request, res: PipelineResponse): boolean {
    const path = splitUrl(req.url).path.replace(/\/+$/, '');
    if (table.methodsOf(path).length > 0) return false;
    if (isBase(path)) {
      res.locals.outcome = { api: api.name, route: 'reference' };
      res.set({ 'Cache-Control': 'no-store', 'X-Request-ID': res.locals.info.id }).vary('Accept');
      res.redirect(pagesRoot(req, config, site) + referenceOf(api));
      return true;
    }
    if (isHidden(path)) return false;
    res.locals.outcome = { api: api.name, route: 'unknown' };
    showNotFound(req, res);
    return true;
  }

  const handler: RequestHandler = (req, res, next) => {
    if (isNavigation(req) && show(req, res as PipelineResponse)) return;
    router(req, res, next);
  };
  return { ...mountable, router: handler };
}
