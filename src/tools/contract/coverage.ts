import { SURFACE_NAMES, type SurfaceName } from '../../config.ts';
import type { Route } from '../../rest/engine/route.ts';
import { surfaces } from '../../rest/surfaces/index.ts';
import { binboiRoutes } from './binboi.ts';
import { bingoRoutes } from './bingo.ts';
import { openbinRoutes } from './openbin.ts';
import { restumeRoutes } from './restume.ts';

/** Every operation that a contract documents, as `METHOD /path/{parameter}`. Written by hand: they are what the routes are held against. */
const contractRoutes: Readonly<Record<SurfaceName, readonly string[]>> = {
  binboi: binboiRoutes,
  openbin: openbinRoutes,
  restume: restumeRoutes,
  bingo: bingoRoutes,
};

/** How a surface stands to its contract. */
export interface Coverage {
  readonly surface: SurfaceName;
  /** The contract's operations in its order; `section` is the route's, undefined where none is served. */
  readonly operations: readonly { readonly operation: string; readonly section: string | undefined }[];
  /** Routes that no contract documents. */
  readonly undocumented: readonly string[];
}

/** The names of parameters and a slash at the end make no difference. */
const shapeOf = (operation: string) => operation.replace(/:\w+|\{\w+\}/g, '{}').replace(/\/$/, '');

const operationOf = ({ method, path }: Route) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;

/** Holds the routes of every surface against its contract. */
export function coverageOf(surface: SurfaceName): Coverage {
  const routes = surfaces.find(({ name }) => name === surface)?.routes ?? [];
  const served = new Map(routes.map((route) => [shapeOf(operationOf(route)), route]));
  const documented = new Set(contractRoutes[surface].map(shapeOf));
  return {
    surface,
    operations: contractRoutes[surface].map((operation) => ({
      operation,
      section: served.get(shapeOf(operation))?.contract,
    })),
    undocumented: routes.map(operationOf).filter((operation) => !documented.has(shapeOf(operation))),
  };
}

function chapter({ surface, operations, undocumented }: Coverage): string {
  const count = operations.filter(({ section }) => section !== undefined).length;
  const rows = operations.map(({ operation, section }) => `| \`${operation}\` | ${section ?? 'not yet'} |`);
  const extras = undocumented
    .map((operation) => `- \`${operation}\` is served and not documented.\n`)
    .join('');
  const table = `| operation | served, by section of the contract |\n|---|---|\n${rows.join('\n')}\n`;
  return `## ${surface}: ${count} of ${operations.length}\n\n${extras}${extras && '\n'}${table}`;
}

/** `docs/coverage.md`: path below the repository and content. */
export function coverageFile(): Record<string, string> {
  const head =
    '# What is served of each contract\n\nWritten by `npm run schema` from the tables of the surfaces and from `src/tools/contract`.\n';
  const chapters = SURFACE_NAMES.map((name) => chapter(coverageOf(name)));
  return { 'docs/coverage.md': [head, ...chapters].join('\n') };
}
