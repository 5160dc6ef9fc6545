import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
const importsOf = (text: string) => [...text.matchAll(/from '([^']+)'/g)].map(([, name = '']) => name);

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

describe('A wing of the graph', () => {
  const wings = ['inventory', 'tunnels', 'vpn'];
  const files = wings.flatMap((wing) => filesOf(`graph/${wing}`).map(([file, text]) => [wing, file, text]));

  it.each(files)('imports of the others only identity: %s, %s', (wing, _file, text = '') => {
    const others = wings.filter((name) => name !== wing);
    const foreign = importsOf(text).filter((name) => others.some((other) => name.includes(`../${other}/`)));
    expect(foreign).toEqual([]);
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
