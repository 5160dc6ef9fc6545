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

/** What helmet sets, which depends on its options only. */
function headersBy(middleware: Middleware): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const res = {
    setHeader: (name: string, value: string) => {
      headers[name] = value;
    },
    removeHeader: () => {},
  };
  middleware({} as IncomingMessage, res as unknown as ServerResponse, () => {});
  return headers;
}

/**
 * For answers of the APIs: no browser should render them, so nothing may be loaded, framed or
 * run; and they hold keys and tokens, so nothing between here and the caller may keep them.
 */
export const apiHeaderValues = { 'Cache-Control': 'no-store', ...headersBy(unrenderable) };

/** The same for an answer that somebody else writes. */
export function apiHeaders(res: ServerResponse): void {
  for (const [name, value] of Object.entries(apiHeaderValues)) res.setHeader(name, value);
}

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
