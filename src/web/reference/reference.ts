import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import { nameRoute } from '../../pipeline/requestLog.ts';
import { pageHeaders } from '../../pipeline/securityHeaders.ts';
import type { Api } from '../../rest/engine/api.ts';
import { openApiOf } from '../../rest/engine/openapi.ts';

/** The folder of Swagger UI's own files: nothing is loaded from another server. */
const assets = fileURLToPath(new URL('.', import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js')));

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Latchkey API reference</title>
    <link rel="icon" href="/pages/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/docs/assets/swagger-ui.css">
    <link rel="stylesheet" href="/docs/assets/index.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/assets/swagger-ui-bundle.js"></script>
    <script src="/docs/assets/swagger-ui-standalone-preset.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

function startScript(apis: readonly Api[]): string {
  const urls = apis.map(({ name, title }) => ({ name: title, url: `/openapi/${name}.json` }));
  return `SwaggerUIBundle({
  urls: ${JSON.stringify(urls)},
  dom_id: '#swagger-ui',
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  validatorUrl: null,
});
`;
}

/** The page of an API in the reference, relative to the server's own pages. */
export const referenceOf = ({ title }: Api) => `docs?urls.primaryName=${encodeURIComponent(title)}`;

/** `/docs`, the interactive reference, and `/openapi/<api>.json`. */
export function createReference(apis: readonly Api[]): Router {
  const router = express.Router();
  const script = startScript(apis);
  for (const api of apis) {
    // Written at the first request: all of them together would hold up the start.
    let document: object | undefined;
    router.get(`/openapi/${api.name}.json`, (_req, res) => {
      document ??= openApiOf(api);
      res.json(document);
    });
  }
  router.get('/docs', pageHeaders, (_req, res) => void res.type('html').send(page));
  router.get('/docs/start.js', (_req, res) => void res.type('js').send(script));
  router.use(
    '/docs/assets',
    nameRoute('/docs/assets/*'),
    express.static(assets, { index: false, maxAge: '1h' }),
  );
  return router;
}
