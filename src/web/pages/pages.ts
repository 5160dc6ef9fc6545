import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Request, type Response, type Router } from 'express';
import { nameRoute } from '../../pipeline/requestLog.ts';
import { pageHeaders } from '../../pipeline/securityHeaders.ts';
import type { Api } from '../../rest/engine/api.ts';
import { homePage } from './home.ts';
import { linkPages, renderLinkPage } from './linkPages.ts';

const assets = fileURLToPath(new URL('./assets/', import.meta.url));

/**
 * The landing page and the pages that mailed links lead to. Their scripts call the graph; a page
 * load alone changes nothing, because mail scanners open links.
 */
export function createPages(apis: readonly Api[]): Router {
  const router = express.Router();
  const home = homePage(readFileSync(`${assets}home.html`, 'utf8'), apis);
  // The address holds the token: nobody that the page links to may learn it, and no cache keep it.
  const secretive = { 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' };
  const send = (file: string) => (_req: Request, res: Response) => {
    res.set(secretive);
    res.sendFile(file, { root: assets, etag: false, lastModified: false });
  };
  router.get('/', pageHeaders, (_req, res) => void res.type('html').send(home));
  router.get('/verify-email', pageHeaders, send('verify-email.html'));
  router.get('/reset-password', pageHeaders, send('reset-password.html'));
  router.get('/end-keys', pageHeaders, send('end-keys.html'));
  const template = readFileSync(`${assets}link.html`, 'utf8');
  for (const page of linkPages) {
    const html = renderLinkPage(template, page);
    router.get(page.path, pageHeaders, (_req, res) => void res.set(secretive).type('html').send(html));
  }
  // GraphiQL and the reference have no icon of their own; browsers ask for this one.
  router.get('/favicon.ico', pageHeaders, (_req, res) =>
    res.sendFile('static/icon.svg', { root: assets, maxAge: '1d' }),
  );
  router.use(
    '/pages',
    nameRoute('/pages/*'),
    pageHeaders,
    express.static(`${assets}static`, { index: false, redirect: false, maxAge: '1h' }),
  );
  return router;
}
