import { readFileSync } from 'node:fs';
import type { Request } from 'express';
import type { Config } from '../../config/config.ts';
import type { Site } from '../../graph/core/site.ts';
import type { PipelineResponse } from '../../pipeline/requestLog.ts';
import { pageHeaders } from '../../pipeline/securityHeaders.ts';
import { pagesRoot } from '../navigation.ts';
import { escapeHtml } from './escapeHtml.ts';

const read = (file: string) => readFileSync(new URL(`./assets/${file}`, import.meta.url), 'utf8');

/** Shows a browser that there is no such page. */
export type ShowNotFound = (req: Request, res: PipelineResponse) => void;

/** The page with its style in it: the address that it stands at may have no other file. */
export function createNotFoundPage(config: Config, site: Site): ShowNotFound {
  const template = read('not-found.html').replace(
    '<!-- style -->',
    () => `<style>${read('static/pages.css')}</style>`,
  );
  return (req, res) => {
    const root = escapeHtml(pagesRoot(req, config, site));
    pageHeaders(req, res, () => {});
    res.set({ 'Cache-Control': 'no-store', 'X-Request-ID': res.locals.info.id }).vary('Accept');
    res
      .status(404)
      .type('html')
      .send(template.replaceAll('<!-- root -->', () => root));
  };
}
