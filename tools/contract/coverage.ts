import { API_NAMES, type ApiName } from '../../src/config/config.ts';
import { apis } from '../../src/rest/apis/index.ts';
import type { Route } from '../../src/rest/engine/route.ts';
import { binboiRoutes } from './binboi.ts';
import { bingoRoutes } from './bingo.ts';
import { openbinRoutes } from './openbin.ts';
import { restumeRoutes } from './restume.ts';

/** Every operation that a contract documents, as `METHOD /path/{parameter}`. Written by hand: they are what the routes are held against. */
const contractRoutes: Readonly<Record<ApiName, readonly string[]>> = {
  binboi: binboiRoutes,
  openbin: openbinRoutes,
  restume: restumeRoutes,
  bingo: bingoRoutes,
};

/** How an API stands to its contract. */
export interface Coverage {
  readonly api: ApiName;
  /** The contract's operations in its order; `section` is the route's, undefined where none is served. */
  readonly operations: readonly { readonly operation: string; readonly section: string | undefined }[];
  /** Routes that no contract documents. */
  readonly undocumented: readonly string[];
}

/** The names of parameters and a slash at the end make no difference. */
const shapeOf = (operation: string) => operation.replace(/:\w+|\{\w+\}/g, '{}').replace(/\/$/, '');

const operationOf = ({ method, path }: Route) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;

/** Holds the routes of every API against its contract. */
export function coverageOf(api: ApiName): Coverage {
  const routes = apis.find(({ name }) => name === api)?.routes ?? [];
  const served = new Map(routes.map((route) => [shapeOf(operationOf(route)), route]));
  const documented = new Set(contractRoutes[api].map(shapeOf));
  return {
    api,
    operations: contractRoutes[api].map((operation) => ({
      operation,
      section: served.get(shapeOf(operation))?.contract,
    })),
    undocumented: routes.map(operationOf).filter((operation) => !documented.has(shapeOf(operation))),
  };
}

function chapter({ api, operations, undocumented }: Coverage): string {
  const count = operations.filter(({ section }) => section !== undefined).length;
  const rows = operations.map(({ operation, section }) => `| \`${operation}\` | ${section ?? 'not yet'} |`);
  const extras = undocumented
    .map((operation) => `- \`${operation}\` is served and not documented.\n`)
    .join('');
  const table = `| operation | served, by section of the contract |\n|---|---|\n${rows.join('\n')}\n`;
  return `## ${api}: ${count} of ${operations.length}\n\n${extras}${extras && '\n'}${table}`;
}

/** `docs/coverage.md`: path below the repository and content. */
export function coverageFile(): Record<string, string> {
  const head =
    '# What is served of each contract\n\nWritten by `npm run schema` from the tables of the APIs and from `tools/contract`.\n';
  const chapters = API_NAMES.map((name) => chapter(coverageOf(name)));
  return { 'docs/coverage.md': [head, ...chapters].join('\n') };
}
