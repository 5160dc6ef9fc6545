import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

type Middleware = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

const unrenderable: Middleware = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  strictTransportSecurity: false,
});

/**
 * For answers of the APIs: no browser should render them, so nothing may be loaded, framed or
 * run; and they hold keys and tokens, so nothing between here and the caller may keep them.
 */
export const apiHeaders: Middleware = (req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  unrenderable(req, res, next);
};

/** For the pages of the server, all of whose scripts are files of its own. */
export const pageHeaders: Middleware = helmet({
  contentSecurityPolicy: {
    directives: { imgSrc: ["'self'", 'data:'], upgradeInsecureRequests: null, frameAncestors: ["'none'"] },
  },
  strictTransportSecurity: false,
});

/** For GraphiQL, which comes as one page with its script in it. */
export const graphiqlHeaders: Middleware = helmet({
  contentSecurityPolicy: {
    directives: {
      scriptSrc: ["'self'", "'unsafe-inline'", "'unsafe-eval'", 'blob:'],
      workerSrc: ["'self'", 'blob:', 'data:'],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      upgradeInsecureRequests: null,
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
});
