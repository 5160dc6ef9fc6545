import type { Config } from '../config/config.ts';
import type { Site } from '../graph/core/site.ts';
import { isBelow } from '../pipeline/mount.ts';
import type { Api } from '../rest/engine/api.ts';
import type { ShowPage } from '../rest/engine/apiRouter.ts';
import { isNavigation, pagesRoot } from './navigation.ts';
import type { ShowNotFound } from './pages/notFound.ts';
import { referenceOf } from './reference/reference.ts';

/**
 * What people see who open an undocumented path of an API in a browser: its base leads to its reference, and any other
 * path shows a page. What an API tells only those who are signed in, it tells no browser either.
 */
export function createApiPages(config: Config, site: Site, showNotFound: ShowNotFound): ShowPage {
  const isHidden = (api: Api, path: string) =>
    api.hidesUnknownPaths === true && api.bases.some((base) => isBelow(path, base));

  return (api, req, res, asked) => {
    if (!isNavigation(req)) return false;
    const path = asked.replace(/\/+$/, '');
    if (path === '' || api.bases.includes(path)) {
      res.locals.outcome = { api: api.name, route: 'reference' };
      res.set({ 'Cache-Control': 'no-store', 'X-Request-ID': res.locals.info.id }).vary('Accept');
      res.redirect(pagesRoot(req, config, site) + referenceOf(api));
      return true;
    }
    if (isHidden(api, path)) return false;
    showNotFound(req, res);
    return true;
  };
}
