import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { API_NAMES } from '../../src/config/config.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

/** The TypeScript files below a folder of src/, with their text. */
function filesOf(folder: string): [string, string][] {
  return readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [join(folder, file), readFileSync(join(src, folder, file), 'utf8')]);
}

/** What a file imports, types included. */
const importsOf = (text: string) =>
  [...text.matchAll(/(?:from|import) '([^']+)'/g)].map(([, name = '']) => name);

/** The files that a file imports, types included, as paths below src/. */
const relativeImports = (file: string, text: string) =>
  importsOf(text)
    .filter((name) => name.startsWith('.'))
    .map((name) => join(dirname(file), name));

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('The engine', () => {
  it.each(filesOf('rest/engine'))('knows no API: %s', (_file, text) => {
    const names = new RegExp(API_NAMES.join('|'), 'i');
    expect(withoutComments(text)).not.toMatch(names);
    expect(importsOf(text).filter((name) => name.includes('apis'))).toEqual([]);
  });
});

describe('An API', () => {
  it.each(filesOf('rest/apis'))('is data, without database and HTTP server: %s', (_file, text) => {
    const foreign = importsOf(text).filter((name) => /prisma|generated|platform|express|yoga/i.test(name));
    expect(foreign).toEqual([]);
  });
});

/** What is above the graph: it knows requests and responses. */
const overHttp = /^express|^node:http|yoga|\/(pipeline|graphql|rest|web)\//;

describe('The graph', () => {
  it.each(filesOf('graph'))('knows no HTTP: %s', (_file, text) => {
    expect(importsOf(text).filter((name) => overHttp.test(name))).toEqual([]);
  });
});

/** What of the graph a file imports: `core`, `identity`, the name of a wing, or the name of a file that stands beside them. */
const partsOf = (file: string, text: string) =>
  relativeImports(file, text)
    .filter((name) => name.startsWith('graph/'))
    .map((name) => name.split('/')[1]);

describe('A part of the graph', () => {
  const mayImport: Record<string, readonly string[]> = {
    core: ['core'],
    identity: ['core', 'identity'],
    inventory: ['core', 'identity', 'inventory'],
    tunnels: ['core', 'identity', 'tunnels'],
    vpn: ['core', 'identity', 'vpn'],
  };
  const files = Object.keys(mayImport).flatMap((part) =>
    filesOf(`graph/${part}`).map(([file, text]) => [part, file, text] as const),
  );

  it.each(files)('imports only itself and what is below: %s, %s', (part, file, text) => {
    expect(partsOf(file, text).filter((name = '') => !mayImport[part]?.includes(name))).toEqual([]);
  });
});

describe('The pipeline', () => {
  it.each(filesOf('pipeline'))('knows neither an API nor GraphQL over HTTP: %s', (file, text) => {
    const above = relativeImports(file, text).filter((name) => /^(rest|graphql|web)\//.test(name));
    expect(above).toEqual([]);
  });
});

describe('The platform', () => {
  it.each(filesOf('platform'))('knows neither the domain nor HTTP: %s', (_file, text) => {
    const foreign = importsOf(text).filter((name) =>
      /^express|\/(graph|pipeline|graphql|rest|web)\//.test(name),
    );
    expect(foreign).toEqual([]);
  });
});

/** Groups of files of which each reaches the others by its imports (Tarjan), each group sorted. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found = new Map<string, { readonly order: number; lowest: number; open: boolean }>();
  const path: string[] = [];
  const cycles: string[][] = [];

  function visit(file: string) {
    const own = { order: found.size, lowest: found.size, open: true };
    found.set(file, own);
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      const other = found.get(next) ?? visit(next);
      if (other.open) own.lowest = Math.min(own.lowest, other.lowest);
    }
    if (own.lowest === own.order) {
      const group = path.splice(path.indexOf(file));
      for (const member of group) {
        const state = found.get(member);
        if (state) state.open = false;
      }
      if (group.length > 1 || graph.get(file)?.includes(file)) cycles.push(group.sort());
    }
    return own;
  }

  for (const file of graph.keys()) if (!found.has(file)) visit(file);
  return cycles.sort();
}

describe('Import cycles', () => {
  it('are found', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', ['b-not-there']],
      ['e', ['e']],
      ['f', ['a', 'e']],
    ]);
    expect(cyclesOf(graph)).toEqual([['a', 'b', 'c'], ['e']]);
  });

  it('do not exist between files, types included', () => {
    /** Known ones, to be taken apart; nothing may be added. */
    const files = filesOf('').filter(([file]) => !file.startsWith('generated/'));
    const graph = new Map(files.map(([file, text]) => [file, relativeImports(file, text)]));
    expect(cyclesOf(graph)).toEqual([]);
  });
});
